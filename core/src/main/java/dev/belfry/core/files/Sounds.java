package dev.belfry.core.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How long sounds last, by what their containers say: Ogg (RFC 3533, RFC 7845), WAV, FLAC (RFC
 * 9639) and MP3.
 */
final class Sounds {
  private static final int HEAD = 64 << 10;

  /** An Ogg page has at most 65307 bytes. */
  private static final int TAIL = 128 << 10;

  private Sounds() {}

  static Size measure(Path file, String mimeType) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      var head = read(in, 0, HEAD);
      return switch (mimeType) {
        case "audio/ogg" -> ogg(head, read(in, Math.max(0, in.length() - TAIL), TAIL));
        case "audio/wav" -> wav(new Pieces(in));
        case "audio/flac" -> flac(head);
        case "audio/mpeg" -> new Mp3(in, head).size();
        default -> Size.UNKNOWN;
      };
    }
  }

  static ByteBuffer read(RandomAccessFile in, long from, int length) throws IOException {
    var bytes = new byte[(int) Math.min(length, Math.max(0, in.length() - from))];
    in.seek(from);
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }

  static int indexOf(ByteBuffer bytes, String word, int from) {
    var wanted = word.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = from; i <= bytes.limit() - wanted.length; i++) {
      int n = 0;
      while (n < wanted.length && bytes.get(i + n) == wanted[n]) {
        n++;
      }
      if (n == wanted.length) {
        return i;
      }
    }
    return -1;
  }

  /** The last page says how many samples there were until its end. */
  private static Size ogg(ByteBuffer head, ByteBuffer tail) {
    head.order(ByteOrder.LITTLE_ENDIAN);
    tail.order(ByteOrder.LITTLE_ENDIAN);
    int opus = indexOf(head, "OpusHead", 0);
    int vorbis = indexOf(head, "\u0001vorbis", 0);
    long rate;
    int skip = 0;
    if (opus >= 0) {
      rate = 48_000;
      skip = Short.toUnsignedInt(head.getShort(opus + 10));
    } else if (vorbis >= 0) {
      rate = Integer.toUnsignedLong(head.getInt(vorbis + 12));
    } else {
      return Size.UNKNOWN;
    }
    long samples = -1;
    for (int page = indexOf(tail, "OggS", 0);
        page >= 0 && page + 14 <= tail.limit();
        page = indexOf(tail, "OggS", page + 4)) {
      samples = Math.max(samples, tail.getLong(page + 6));
    }
    return rate == 0 ? Size.UNKNOWN : Size.lasting((samples - skip) / (double) rate);
  }

  private static Size wav(Pieces in) throws IOException {
    long at = 12;
    long rate = 0;
    while (at + 8 <= in.length()) {
      var chunk = in.at(at, 8).order(ByteOrder.LITTLE_ENDIAN);
      var name = StandardCharsets.ISO_8859_1.decode(chunk.slice(0, 4)).toString();
      long length = Integer.toUnsignedLong(chunk.getInt(4));
      if (name.equals("fmt ") && at + 20 <= in.length()) {
        rate = Integer.toUnsignedLong(in.at(at + 16, 4).order(ByteOrder.LITTLE_ENDIAN).getInt(0));
      } else if (name.equals("data")) {
        long there = Math.min(length, in.length() - at - 8);
        return rate == 0 ? Size.UNKNOWN : Size.lasting(there / (double) rate);
      }
      at += 8 + length + (length & 1);
    }
    return Size.UNKNOWN;
  }

  /** STREAMINFO comes first: 20 bits of sample rate, 36 bits of samples. */
  private static Size flac(ByteBuffer head) {
    int start = indexOf(head, "fLaC", 0);
    if (start < 0 || start + 26 > head.limit()) {
      return Size.UNKNOWN;
    }
    long word = head.getLong(start + 8 + 10);
    long rate = word >>> 44;
    long samples = word & 0xF_FFFF_FFFFL;
    return rate == 0 ? Size.UNKNOWN : Size.lasting(samples / (double) rate);
  }
}
