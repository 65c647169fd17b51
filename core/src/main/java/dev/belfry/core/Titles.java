package dev.belfry.core;

import dev.belfry.model.ChatType;
import dev.belfry.store.Tx;
import java.util.List;

/**
 * Titles of chats that have no name of their own: made of their members' names when these change,
 * not when the chat is read.
 */
final class Titles {
  private static final int NAMES = 4;

  private Titles() {}

  static void refresh(Tx tx, long chat) {
    var writer = tx.chats().writer();
    var naming = writer.naming(chat);
    var given = naming.network();
    if (given != null && !given.isBlank()) {
      writer.setTitle(chat, given);
      return;
    }
    var names = tx.members().namesOfOthers(chat, NAMES + 1);
    if (!names.isEmpty()) {
      writer.setTitle(chat, of(naming.type(), names));
    }
  }

  private static String of(ChatType type, List<String> names) {
    return switch (type) {
      case SINGLE -> names.getFirst();
      case GROUP ->
          names.size() <= NAMES
              ? String.join(", ", names)
              : String.join(", ", names.subList(0, NAMES)) + " and others";
    };
  }
}
