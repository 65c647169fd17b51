package dev.belfry.core;

import dev.belfry.model.PageRequest;
import dev.belfry.store.ChatTable.Position;
import java.util.regex.Pattern;

/**
 * A place in the list of chats as text that clients hand back: the activity and the chat, in
 * hexadecimal.
 */
final class ChatCursor {
  private static final Pattern FORM = Pattern.compile("([0-9a-f]{1,16})-([0-9a-f]{1,16})");
  private static final Position NEWEST = new Position(Long.MAX_VALUE, Long.MAX_VALUE);
  private static final Position OLDEST = new Position(-1, -1);

  private ChatCursor() {}

  static String text(Position position) {
    return Long.toHexString(position.activity()) + "-" + Long.toHexString(position.chat());
  }

  static Position position(PageRequest page) {
    var cursor = page.cursor();
    if (cursor == null) {
      return switch (page.direction()) {
        case BEFORE -> NEWEST;
        case AFTER -> OLDEST;
      };
    }
    var parts = FORM.matcher(cursor);
    try {
      if (parts.matches()) {
        return new Position(Long.parseLong(parts.group(1), 16), Long.parseLong(parts.group(2), 16));
      }
    } catch (NumberFormatException e) {
      throw page.unknownCursor();
    }
    throw page.unknownCursor();
  }
}
