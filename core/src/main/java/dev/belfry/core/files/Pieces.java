package dev.belfry.core.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/**
 * A file, read in small pieces wherever one looks. Whatever lengths the file claims, no piece takes
 * more memory than {@link #LARGEST}, and there is an end to how many are taken.
 */
final class Pieces {
  /** Bytes. */
  static final int LARGEST = 64 << 10;

  /** A picture of 100 MB whose chunks have 8 KB each is seen to its end. */
  private static final int MOST = 15_000;

  private final RandomAccessFile in;
  private final long length;
  private int taken;

  Pieces(RandomAccessFile in) throws IOException {
    this.in = in;
    length = in.length();
  }

  /** Bytes of the file. */
  long length() {
    return length;
  }

  /**
   * Bytes at a place, big-endian.
   *
   * @throws EOFException where the file does not have them
   */
  ByteBuffer at(long from, int count) throws IOException {
    if (from < 0 || from > length - count) {
      throw new EOFException("it claims more than it has");
    }
    return upTo(from, count);
  }

  /** As {@link #at}, and less where the file ends. */
  ByteBuffer upTo(long from, int count) throws IOException {
    if (count > LARGEST || ++taken > MOST) {
      throw new IOException("it is not worth this much work");
    }
    var bytes = new byte[Math.clamp(length - from, 0, count)];
    in.seek(from);
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
