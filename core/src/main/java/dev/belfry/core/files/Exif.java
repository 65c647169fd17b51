package dev.belfry.core.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first directory of a TIFF (TIFF 6.0, section 2), which is also what pictures of other kinds
 * hold as Exif.
 *
 * @param width pixels as stored; 0 where it does not say
 * @param height pixels as stored; 0 where it does not say
 * @param turned whether width and height change places when it is shown
 */
record Exif(int width, int height, boolean turned) {
  private static final Exif NOTHING = new Exif(0, 0, false);
  private static final int LITTLE = 0x49492A00;
  private static final int BIG = 0x4D4D002A;
  private static final int ENTRY = 12;

  static boolean begins(ByteBuffer head) {
    return head.limit() >= 8 && (head.getInt(0) == LITTLE || head.getInt(0) == BIG);
  }

  /** Reads the one that begins at a place in a file; nothing where there is none. */
  static Exif at(Pieces file, long start) throws IOException {
    var head = file.at(start, 8);
    if (!begins(head)) {
      return NOTHING;
    }
    var order = head.getInt(0) == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    long directory = start + Integer.toUnsignedLong(head.order(order).getInt(4));
    int count = Short.toUnsignedInt(file.at(directory, 2).order(order).getShort(0));
    var entries = file.upTo(directory + 2, Math.min(count * ENTRY, Pieces.LARGEST)).order(order);
    var found = NOTHING;
    for (int at = 0; at + ENTRY <= entries.limit(); at += ENTRY) {
      int value = value(entries, at);
      found =
          switch (Short.toUnsignedInt(entries.getShort(at))) {
            case 0x100 -> new Exif(value, found.height, found.turned);
            case 0x101 -> new Exif(found.width, value, found.turned);
            case 0x112 -> new Exif(found.width, found.height, value >= 5 && value <= 8);
            default -> found;
          };
    }
    return found;
  }

  private static int value(ByteBuffer entries, int at) {
    return switch (entries.getShort(at + 2)) {
      case 3 -> Short.toUnsignedInt(entries.getShort(at + 8));
      case 4 -> entries.getInt(at + 8);
      default -> 0;
    };
  }

  /** Whether what lies there says that the picture is turned; one that is broken says nothing. */
  static boolean turns(Pieces file, long start) {
    try {
      return at(file, start).turned();
    } catch (IOException e) {
      return false;
    }
  }
}
