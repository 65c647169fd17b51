package dev.belfry.core.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What pictures measure, as their heads say: PNG (third edition, sections 5 and 11), JPEG (ITU-T
 * T.81, annex B), GIF (89a, section 18), BMP, WebP (RFC 9649), AVI and TIFF.
 */
final class Images {
  private static final int PNG = 0x89504E47;
  private static final int GIF = 0x47494638;
  private static final int RIFF = 0x52494646;
  private static final int WEBP = 0x57454250;
  private static final int AVI = 0x41564920;
  private static final int EXIF = 0x45786966;

  private Images() {}

  static Size measure(Pieces file) throws IOException {
    var head = file.at(0, 26);
    if (head.getInt(0) == PNG) {
      return png(file);
    }
    if (head.getShort(0) == (short) 0xFFD8) {
      return jpeg(file);
    }
    if (Exif.begins(head)) {
      var directory = Exif.at(file, 0);
      return Size.ofPicture(directory.width(), directory.height(), directory.turned());
    }
    var little = head.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (head.getInt(0) == GIF) {
      return Size.ofPicture(word(little, 6), word(little, 8), false);
    }
    if (head.getShort(0) == 0x424D) {
      boolean old = little.getInt(14) == 12;
      return old
          ? Size.ofPicture(word(little, 18), word(little, 20), false)
          : Size.ofPicture(Math.abs(little.getInt(18)), Math.abs(little.getInt(22)), false);
    }
    if (head.getInt(0) == RIFF && head.getInt(8) == WEBP) {
      return webp(file);
    }
    return head.getInt(0) == RIFF && head.getInt(8) == AVI ? avi(file) : Size.UNKNOWN;
  }

  private static int word(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private static Size png(Pieces file) throws IOException {
    var header = file.at(8, 16);
    return name(header, 4).equals("IHDR")
        ? Size.ofPicture(header.getInt(8), header.getInt(12), pngTurns(file))
        : Size.UNKNOWN;
  }

  private static boolean pngTurns(Pieces file) {
    try {
      for (long at = 8; at + 8 < file.length(); ) {
        var chunk = file.at(at, 8);
        if (name(chunk, 4).equals("eXIf")) {
          return Exif.turns(file, at + 8);
        }
        at += 12 + Integer.toUnsignedLong(chunk.getInt(0));
      }
      return false;
    } catch (IOException e) {
      return false; // its size is known all the same
    }
  }

  private static Size jpeg(Pieces file) throws IOException {
    boolean turned = false;
    for (long at = 2; ; ) {
      var segment = file.at(at, 4);
      int marker = word(segment, 0);
      if (marker == 0xFFFF) { // filled up
        at++;
        continue;
      }
      if (marker < 0xFF02 || marker == 0xFFD9 || marker == 0xFFDA) {
        return Size.UNKNOWN; // no segment, or the picture itself, without a frame before it
      }
      if (isFrame(marker)) {
        var frame = file.at(at + 5, 4);
        return Size.ofPicture(word(frame, 2), word(frame, 0), turned);
      }
      int length = word(segment, 2);
      if (marker == 0xFFE1 && length >= 16 && file.at(at + 4, 4).getInt(0) == EXIF) {
        turned |= Exif.turns(file, at + 10);
      }
      at += 2 + length;
    }
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xFFC0
        && marker <= 0xFFCF
        && marker != 0xFFC4
        && marker != 0xFFC8
        && marker != 0xFFCC;
  }

  private static Size webp(Pieces file) throws IOException {
    var chunk = file.upTo(12, 18).order(ByteOrder.LITTLE_ENDIAN);
    return switch (name(chunk, 0)) {
      case "VP8 " -> Size.ofPicture(word(chunk, 14) & 0x3FFF, word(chunk, 16) & 0x3FFF, false);
      case "VP8L" -> {
        int bits = chunk.getInt(9);
        yield Size.ofPicture((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, false);
      }
      case "VP8X" ->
          Size.ofPicture(
              (chunk.getInt(12) & 0xFFFFFF) + 1, (chunk.getInt(14) >>> 8) + 1, webpTurns(file));
      default -> Size.UNKNOWN;
    };
  }

  private static boolean webpTurns(Pieces file) {
    try {
      for (long at = 12; at + 8 < file.length(); ) {
        var chunk = file.at(at, 8).order(ByteOrder.LITTLE_ENDIAN);
        if (name(chunk, 0).equals("EXIF")) {
          boolean named = file.at(at + 8, 4).getInt(0) == EXIF;
          return Exif.turns(file, at + (named ? 14 : 8));
        }
        long length = Integer.toUnsignedLong(chunk.getInt(4));
        at += 8 + length + (length & 1);
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** Its main header comes first. */
  private static Size avi(Pieces file) throws IOException {
    var list = file.at(12, 60).order(ByteOrder.LITTLE_ENDIAN);
    if (!name(list, 8).equals("hdrl") || !name(list, 12).equals("avih")) {
      return Size.UNKNOWN;
    }
    long microseconds = Integer.toUnsignedLong(list.getInt(20));
    long frames = Integer.toUnsignedLong(list.getInt(36));
    return Size.ofPicture(list.getInt(52), list.getInt(56), false)
        .or(Size.lasting(microseconds * (double) frames / 1e6));
  }

  private static String name(ByteBuffer bytes, int at) {
    return Boxes.name(bytes, at);
  }
}
