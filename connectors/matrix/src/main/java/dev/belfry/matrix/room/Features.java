package dev.belfry.matrix.room;

import dev.belfry.api.Capabilities;
import dev.belfry.api.Capabilities.AttachmentRules;
import dev.belfry.api.Capabilities.DisappearingTimer;
import dev.belfry.api.Capabilities.MessageRequest;
import dev.belfry.api.Capabilities.ParticipantActions;
import dev.belfry.api.Capabilities.Setting;
import dev.belfry.api.Capabilities.State;
import dev.belfry.api.Capabilities.TimerType;
import dev.belfry.api.Level;
import dev.belfry.matrix.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bridge's {@code com.beeper.room_features}, which the contract's capabilities (models,
 * Chat.Capabilities) are the camel case of.
 */
final class Features {
  private Features() {}

  static Capabilities of(Json from) {
    return Capabilities.builder()
        .allowedReactions(
            from.at("allowed_reactions").isList() ? from.at("allowed_reactions").texts() : null)
        .archive(flag(from, "archive"))
        .attachments(attachments(from.at("file")))
        .customEmojiReactions(flag(from, "custom_emoji_reactions"))
        .delete(level(from, "delete"))
        .deleteChat(flag(from, "delete_chat"))
        .deleteChatForEveryone(flag(from, "delete_chat_for_everyone"))
        .deleteForMe(flag(from, "delete_for_me"))
        .deleteMaxAge(from.number("delete_max_age"))
        .disappearingTimer(timer(from.at("disappearing_timer")))
        .edit(level(from, "edit"))
        .editMaxAge(from.number("edit_max_age"))
        .editMaxCount(from.number("edit_max_count"))
        .formatting(from.at("formatting").isObject() ? levels(from.at("formatting")) : null)
        .locationMessage(level(from, "location_message"))
        .markAsUnread(flag(from, "mark_as_unread"))
        .maxTextLength(from.number("max_text_length"))
        .messageRequest(request(from.at("message_request")))
        .participantActions(actions(from.at("member_actions")))
        .poll(level(from, "poll"))
        .reaction(level(from, "reaction"))
        .reactionCount(from.number("reaction_count"))
        .readReceipts(flag(from, "read_receipts"))
        .reply(level(from, "reply"))
        .state(state(from))
        .thread(level(from, "thread"))
        .typingNotifications(flag(from, "typing_notifications"))
        .build();
  }

  private static @Nullable Boolean flag(Json from, String name) {
    return from.has(name) ? from.isTrue(name) : null;
  }

  private static @Nullable Level level(Json from, String name) {
    Long level = from.number(name);
    return level == null ? null : new Level(Math.clamp(level, -2, 2));
  }

  private static Map<String, Level> levels(Json from) {
    Map<String, Level> levels = new LinkedHashMap<>();
    for (String name : from.names()) {
      Level level = level(from, name);
      if (level != null) {
        levels.put(name, level);
      }
    }
    return levels;
  }

  private static @Nullable Map<String, AttachmentRules> attachments(Json from) {
    if (!from.isObject()) {
      return null;
    }
    Map<String, AttachmentRules> rules = new LinkedHashMap<>();
    for (String kind : from.names()) {
      Json one = from.at(kind);
      if (one.isObject()) {
        rules.put(
            kind,
            new AttachmentRules(
                levels(one.at("mime_types")),
                level(one, "caption"),
                one.number("max_caption_length"),
                one.number("max_duration"),
                one.number("max_height"),
                one.number("max_size"),
                one.number("max_width"),
                flag(one, "view_once")));
      }
    }
    return rules;
  }

  private static @Nullable DisappearingTimer timer(Json from) {
    if (!from.isObject()) {
      return null;
    }
    List<TimerType> types = new ArrayList<>();
    for (String type : from.at("types").texts()) {
      switch (type) {
        case "after_read" -> types.add(TimerType.AFTER_READ);
        case "after_send" -> types.add(TimerType.AFTER_SEND);
        default -> {}
      }
    }
    List<Long> timers = new ArrayList<>();
    for (Json item : from.at("timers").items()) {
      Long millis = item.number();
      if (millis != null) {
        timers.add(millis);
      }
    }
    return new DisappearingTimer(
        flag(from, "omit_empty_timer"), from.at("timers").isList() ? timers : null, types);
  }

  private static @Nullable MessageRequest request(Json from) {
    return from.isObject()
        ? new MessageRequest(level(from, "accept_with_button"), level(from, "accept_with_message"))
        : null;
  }

  private static @Nullable ParticipantActions actions(Json from) {
    return from.isObject()
        ? new ParticipantActions(
            level(from, "ban"),
            level(from, "invite"),
            level(from, "kick"),
            level(from, "leave"),
            level(from, "revoke_invite"))
        : null;
  }

  /** A bridge that has a timer says so; where none does, there is none, as Matrix has none. */
  private static State state(Json features) {
    Json from = features.at("state");
    Setting timer = setting(from, "com.beeper.disappearing_timer");
    boolean none = !features.at("disappearing_timer").isObject();
    return new State(
        setting(from, "m.room.name"),
        setting(from, "m.room.topic"),
        setting(from, "m.room.avatar"),
        timer == null && none ? new Setting(Level.UNSUPPORTED) : timer);
  }

  private static @Nullable Setting setting(Json from, String type) {
    Level level = level(from.at(type), "level");
    return level == null ? null : new Setting(level);
  }
}
