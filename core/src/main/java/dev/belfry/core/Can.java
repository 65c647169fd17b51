package dev.belfry.core;

import dev.belfry.api.Level;
import dev.belfry.model.Chat;
import dev.belfry.model.HubException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks what a chat can do before anything is changed. What its network has not said is taken to be
 * possible: the network then answers for itself.
 */
final class Can {
  private Can() {}

  static void require(@Nullable Level level, Chat chat, String what) {
    if (level != null && !level.works()) {
      throw refusal(chat, what);
    }
  }

  static void require(@Nullable Boolean possible, Chat chat, String what) {
    if (possible != null && !possible) {
      throw refusal(chat, what);
    }
  }

  static HubException refusal(Chat chat, String what) {
    return HubException.unprocessable(
        "NOT_SUPPORTED", what + " is not possible in this chat on " + chat.network());
  }

  /** What the network has to hear of needs an account that is logged in there. */
  static void reach(Chat chat) {
    if (chat.flags().accountRemoved()) {
      throw HubException.unprocessable("ACCOUNT_REMOVED", String.valueOf(chat.sendRefusal()));
    }
  }

  /** Writing needs a chat that can be written to. */
  static void write(Chat chat) {
    reach(chat);
    var refusal = chat.sendRefusal();
    if (refusal != null) {
      throw HubException.unprocessable("CANNOT_SEND", refusal);
    }
    if (chat.flags().readOnly()) {
      throw HubException.unprocessable(
          "READ_ONLY", "This chat is read-only: nobody but its administrators can write in it");
    }
  }

  static void text(Chat chat, String text) {
    var longest = chat.capabilities().maxTextLength();
    if (longest != null && text.codePointCount(0, text.length()) > longest) {
      throw HubException.unprocessable(
          "TEXT_TOO_LONG",
          String.format(
              Locale.ROOT,
              "The text has more than the %d characters that this network takes; send it in parts",
              longest));
    }
  }
}
