package dev.belfry.core.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What lies in a file of boxes measures: MP4 and its kin (ISO/IEC 14496-12), QuickTime, and the
 * pictures HEIF and AVIF (ISO/IEC 23008-12).
 */
final class Boxes {
  private static final Set<String> FIRST =
      Set.of("ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "styp");
  private static final Set<String> WITHIN =
      Set.of("moov", "trak", "mdia", "minf", "stbl", "mvex", "iprp", "ipco");
  private static final int DEEPEST = 8;

  private final Pieces file;
  private long scale;
  private double seconds;
  private Size picture = Size.UNKNOWN;
  private Size still = Size.UNKNOWN;
  private boolean stillTurned;

  /** Of the track that is being read. */
  private boolean turned;

  private boolean shown;

  private Boxes(Pieces file) {
    this.file = file;
  }

  static boolean begins(ByteBuffer head) {
    return head.limit() >= 8 && FIRST.contains(name(head, 4));
  }

  static Size measure(Pieces file) throws IOException {
    var boxes = new Boxes(file);
    try {
      boxes.read(0, file.length(), 0);
    } catch (IOException e) {
      if (boxes.measured().equals(Size.UNKNOWN)) {
        throw e;
      } // else it was cut off somewhere, and has said what matters
    }
    return boxes.measured();
  }

  private Size measured() {
    var width = still.width();
    var height = still.height();
    var image =
        width == null || height == null ? Size.UNKNOWN : Size.ofPicture(width, height, stillTurned);
    return picture.or(image).or(Size.lasting(seconds));
  }

  static String name(ByteBuffer bytes, int at) {
    return StandardCharsets.ISO_8859_1.decode(bytes.slice(at, 4)).toString();
  }

  private void read(long from, long end, int depth) throws IOException {
    for (long at = from; at + 8 <= end; ) {
      var box = file.at(at, 8);
      long size = Integer.toUnsignedLong(box.getInt(0));
      int head = 8;
      if (size == 1) {
        size = file.at(at + 8, 8).getLong(0);
        head = 16;
      }
      if (size == 0) {
        size = end - at;
      }
      if (size < head) {
        throw new IOException("a box is smaller than its head");
      }
      // it may claim more than there is
      long next = size > end - at ? end : at + size;
      read(name(box, 4), at + head, next, depth);
      at = next;
    }
  }

  private void read(String name, long at, long end, int depth) throws IOException {
    if (name.equals("trak")) {
      turned = false;
      shown = false;
    }
    if (WITHIN.contains(name)) {
      if (depth < DEEPEST) {
        read(at, end, depth + 1);
      }
      return;
    }
    switch (name) {
      case "meta" -> {
        if (depth == 0) { // of pictures: with a version
          read(at + 4, end, depth + 1);
        }
      }
      case "mvhd" -> {
        boolean wide = isWide(at);
        scale = Integer.toUnsignedLong(file.at(at + (wide ? 20 : 12), 4).getInt(0));
        lasts(at + (wide ? 24 : 16), wide);
      }
      case "mehd" -> lasts(at + 4, isWide(at));
      case "tkhd" -> {
        var matrix = file.at(at + (isWide(at) ? 52 : 40), 8);
        turned = matrix.getInt(0) == 0 && matrix.getInt(4) != 0;
      }
      case "hdlr" -> shown |= name(file.at(at + 8, 4), 0).equals("vide");
      case "stsd" -> {
        if (shown) {
          var entry = file.at(at + 8 + 32, 4);
          picture =
              picture.or(
                  Size.ofPicture(
                      Short.toUnsignedInt(entry.getShort(0)),
                      Short.toUnsignedInt(entry.getShort(2)),
                      turned));
        }
      }
      case "ispe" -> still(file.at(at + 4, 8));
      case "irot" -> stillTurned |= (file.at(at, 1).get(0) & 1) == 1;
      default -> {
        // nothing that is asked for
      }
    }
  }

  private boolean isWide(long at) throws IOException {
    return file.at(at, 1).get(0) == 1;
  }

  private void lasts(long at, boolean wide) throws IOException {
    long units =
        wide ? file.at(at, 8).getLong(0) : Integer.toUnsignedLong(file.at(at, 4).getInt(0));
    boolean known = units > 0 && (wide || units != 0xFFFF_FFFFL);
    if (known && scale > 0) {
      seconds = Math.max(seconds, units / (double) scale);
    }
  }

  /** Thumbnails and tiles are measured too; the whole is the largest. */
  private void still(ByteBuffer extents) {
    var width = still.width();
    var height = still.height();
    long area = width == null || height == null ? 0 : (long) width * height;
    if ((long) extents.getInt(0) * extents.getInt(4) > area) {
      still = Size.ofPicture(extents.getInt(0), extents.getInt(4), false);
    }
  }
}
