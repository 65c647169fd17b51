package dev.belfry.sandbox.world;

import dev.belfry.api.Capabilities;
import dev.belfry.api.Capabilities.AttachmentRules;
import dev.belfry.api.Capabilities.DisappearingTimer;
import dev.belfry.api.Capabilities.MessageRequest;
import dev.belfry.api.Capabilities.ParticipantActions;
import dev.belfry.api.Capabilities.Setting;
import dev.belfry.api.Capabilities.State;
import dev.belfry.api.Capabilities.TimerType;
import dev.belfry.api.Level;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be done in the sandbox's chats. */
final class Abilities {
  private static final Map<String, Level> FORMATTING =
      Map.of(
          "bold", Level.FULL,
          "italic", Level.FULL,
          "strikethrough", Level.FULL,
          "inline_code", Level.FULL,
          "code_block", Level.FULL,
          "code_block.syntax_highlighting", Level.DROPPED,
          "unordered_list", Level.FULL,
          "blockquote", Level.PARTIAL);

  private Abilities() {}

  /** What an ordinary chat can do. */
  static Capabilities usual() {
    return Capabilities.builder()
        .archive(true)
        .markAsUnread(true)
        .readReceipts(true)
        .reply(Level.FULL)
        .reaction(Level.FULL)
        .edit(Level.FULL)
        .delete(Level.FULL)
        .deleteForMe(true)
        .maxTextLength(65_536L)
        .formatting(FORMATTING)
        .build();
  }

  /** What a chat can do in which nothing can be sent. */
  static Capabilities readOnly() {
    return usual().toBuilder()
        .reply(Level.REJECTED)
        .reaction(Level.UNSUPPORTED)
        .edit(Level.UNSUPPORTED)
        .delete(Level.UNSUPPORTED)
        .maxTextLength(0L)
        .build();
  }

  /** A word on every ability there is. */
  static Capabilities all() {
    return Capabilities.builder()
        .allowedReactions(List.of("👍", "❤️", "😂", "😮", "😢", "🙏"))
        .archive(true)
        .attachments(
            Map.of(
                "m.image", rules("image/*", 16_000_000L, null),
                "m.video", rules("video/mp4", 64_000_000L, 180L),
                "m.audio", rules("audio/*", 16_000_000L, 900L),
                "m.file", rules("*/*", 100_000_000L, null),
                "org.matrix.msc3245.voice", rules("audio/ogg", 16_000_000L, 600L)))
        .customEmojiReactions(true)
        .delete(Level.FULL)
        .deleteChat(true)
        .deleteChatForEveryone(false)
        .deleteForMe(true)
        .deleteMaxAge(172_800L)
        .disappearingTimer(
            new DisappearingTimer(
                true,
                List.of(86_400_000L, 604_800_000L, 7_776_000_000L),
                List.of(TimerType.AFTER_SEND, TimerType.AFTER_READ)))
        .edit(Level.FULL)
        .editMaxAge(900L)
        .editMaxCount(10L)
        .formatting(FORMATTING)
        .locationMessage(Level.PARTIAL)
        .markAsUnread(true)
        .maxTextLength(65_536L)
        .messageRequest(new MessageRequest(Level.FULL, Level.PARTIAL))
        .participantActions(
            new ParticipantActions(
                Level.UNSUPPORTED, Level.FULL, Level.FULL, Level.FULL, Level.UNSUPPORTED))
        .poll(Level.DROPPED)
        .reaction(Level.FULL)
        .reactionCount(1L)
        .readReceipts(true)
        .reply(Level.FULL)
        .state(
            new State(
                new Setting(Level.FULL),
                new Setting(Level.FULL),
                new Setting(Level.FULL),
                new Setting(Level.PARTIAL)))
        .thread(Level.REJECTED)
        .typingNotifications(true)
        .build();
  }

  /**
   * @param seconds how long it may last; for what does not last, it says nothing
   */
  private static AttachmentRules rules(String type, long bytes, @Nullable Long seconds) {
    return new AttachmentRules(
        Map.of(type, Level.FULL), Level.FULL, 1_024L, seconds, 4_096L, bytes, 4_096L, false);
  }
}
