package dev.belfry.matrix.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import javax.crypto.Cipher;

/** A file as its ciphertext, of the same length, hashed while it is read. */
final class Sealing extends FilterInputStream {
  private final Cipher cipher;
  private final MessageDigest digest = FileKey.sha256();

  Sealing(InputStream plain, FileKey key) {
    super(plain);
    this.cipher = key.cipher();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int most) throws IOException {
    int count = super.read(to, from, most);
    if (count > 0) {
      byte[] sealed = cipher.update(to, from, count);
      System.arraycopy(sealed, 0, to, from, count);
      digest.update(sealed);
    }
    return count;
  }

  @Override
  public long skip(long bytes) {
    return 0; // what is skipped would be missing from the hash
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** The hash of what has been read. */
  byte[] hash() {
    return digest.digest();
  }
}
