package dev.belfry.core;

import dev.belfry.model.MessageContent;
import dev.belfry.model.Participant;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ChatChanged;
import dev.belfry.network.NetworkEvent.MembersChanged;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.MessageRevealed;
import dev.belfry.network.NetworkEvent.Reacted;
import dev.belfry.network.NetworkEvent.ReadElsewhere;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What networks say, in few words. Keys are "$" and a name; everything happens at one time. */
final class Said {
  static final Instant AT = Instant.parse("2026-05-01T10:00:00Z");
  static final UserId ALICE = new UserId("@alice:x");
  static final UserId BOB = new UserId("@bob:x");
  static final UserId ME = new UserId("@me:x");
  static final String CHAT = "!chat:x";

  private Said() {}

  static MessageReceived message(String key, UserId sender, String text) {
    return message(CHAT, key, sender, text, AT);
  }

  static MessageReceived message(String chat, String key, UserId sender, String text, Instant at) {
    return message(chat, key, sender, MessageContent.text(text), at);
  }

  static MessageReceived message(
      String chat, String key, UserId sender, MessageContent content, Instant at) {
    return new MessageReceived(chat, key, sender, sender.equals(ME), content, at, null);
  }

  /** What this device sent, as the network hands it back. */
  static MessageReceived echo(String key, String text, @Nullable String transaction) {
    return new MessageReceived(CHAT, key, ME, true, MessageContent.text(text), AT, transaction);
  }

  static MessageReceived mention(String key, UserId sender, String text) {
    var content = MessageContent.text(text).withMentions(List.of(ME.value()), true);
    return message(CHAT, key, sender, content, AT);
  }

  static MessageReceived hidden(String key, UserId sender) {
    return message(CHAT, key, sender, MessageContent.notice("joined", true), AT);
  }

  static MessageReceived reply(String key, UserId sender, String text, String to) {
    return message(CHAT, key, sender, MessageContent.text(text).withReplyTo(to), AT);
  }

  static MessageEdited edit(String key, UserId sender, String target, String text) {
    return edit(CHAT, key, sender, target, text, AT);
  }

  static MessageEdited edit(
      String chat, String key, UserId sender, String target, String text, Instant at) {
    return new MessageEdited(
        chat, key, sender, sender.equals(ME), target, MessageContent.text(text), at, null);
  }

  static MessageDeleted deletion(String key, UserId sender, String target) {
    return new MessageDeleted(CHAT, key, sender, target, AT, null);
  }

  static Reacted reaction(String key, UserId sender, String target, String emoji) {
    return new Reacted(CHAT, key, sender, sender.equals(ME), target, emoji, true, null, AT, null);
  }

  static MessageRevealed revealed(String key, MessageContent content) {
    return new MessageRevealed(CHAT, key, content);
  }

  static ReadElsewhere receipt(String key) {
    return new ReadElsewhere(CHAT, Source.RECEIPT, key);
  }

  static ReadElsewhere marker(String key) {
    return new ReadElsewhere(CHAT, Source.MARKER, key);
  }

  static NetworkEvent.MarkedUnreadElsewhere flag(boolean unread) {
    return new NetworkEvent.MarkedUnreadElsewhere(CHAT, unread);
  }

  static NetworkEvent.TimelineGap gap(String token) {
    return new NetworkEvent.TimelineGap(CHAT, token);
  }

  static ChatChanged chat(ChatUpdate.Builder update) {
    return new ChatChanged(CHAT, update.build());
  }

  static MembersChanged members(User... people) {
    return new MembersChanged(
        CHAT, Arrays.stream(people).map(Participant::of).toList(), List.of(), true, null);
  }

  static User person(UserId id, String name) {
    return User.of(id, name);
  }
}
