package dev.belfry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Hashes what is read through it, leaving out all occurrences of one text: the boundary of a
 * multipart body, which differs each time the same is sent.
 */
final class HashedStream extends FilterInputStream {
  private final MessageDigest digest = sha256();
  private final byte[] without;

  /** The end of what was read, which may be the beginning of {@code without}. */
  private byte[] tail = {};

  /**
   * Begins with nothing read.
   *
   * @param without what does not count; empty for nothing
   */
  HashedStream(InputStream in, String without) {
    super(in);
    this.without = without.getBytes(UTF_8);
  }

  static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = super.read(bytes, from, length);
    if (count > 0) {
      update(bytes, from, count);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, 8192)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void update(byte[] bytes, int from, int count) {
    if (without.length == 0) {
      digest.update(bytes, from, count);
      return;
    }
    byte[] all = Arrays.copyOf(tail, tail.length + count);
    System.arraycopy(bytes, from, all, tail.length, count);
    int start = 0;
    int last = all.length - without.length;
    for (int i = 0; i <= last; i++) {
      if (all[i] == without[0]
          && Arrays.equals(all, i, i + without.length, without, 0, without.length)) {
        digest.update(all, start, i - start);
        start = i + without.length;
        i = start - 1;
      }
    }
    int kept = Math.max(start, last + 1);
    digest.update(all, start, kept - start);
    tail = Arrays.copyOfRange(all, kept, all.length);
  }

  /** Reads what is left; false if that is more than {@code atMost} bytes. */
  boolean drain(long atMost) throws IOException {
    var buffer = new byte[8192];
    long left = atMost;
    while (left > 0) {
      int count = read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        return true;
      }
      left -= count;
    }
    return read() < 0;
  }

  /** Of all that was read; once. */
  String hash() {
    digest.update(tail);
    return HexFormat.of().formatHex(digest.digest());
  }
}
