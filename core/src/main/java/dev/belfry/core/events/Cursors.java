package dev.belfry.core.events;

import dev.belfry.model.HubException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Positions as texts: the log's epoch, one block of AES, a checksum; 32 characters. The block keeps
 * a reader from learning how much happens that it is not shown.
 */
final class Cursors {
  static final int EPOCH_BYTES = 4;

  private static final int BLOCK_BYTES = 16;
  private static final int BYTES = EPOCH_BYTES + BLOCK_BYTES + 4;
  private static final int LENGTH = BYTES / 3 * 4;

  /** A single block has no other before it that it could be mixed with. */
  private static final IvParameterSpec NO_IV = new IvParameterSpec(new byte[BLOCK_BYTES]);

  private final byte[] epoch;
  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  Cursors(byte[] epoch, byte[] key) {
    this.epoch = epoch.clone();
    this.key = new SecretKeySpec(key, "AES");
  }

  /** The one cursor of an event. */
  String of(Position position) {
    return write(position, 0);
  }

  /** A cursor that does not tell whether it is where an earlier one was. */
  String blurred(Position position) {
    return write(position, random.nextInt());
  }

  private String write(Position position, int salt) {
    var block =
        ByteBuffer.allocate(BLOCK_BYTES)
            .putLong(position.seq())
            .putInt(position.stamp())
            .putInt(salt)
            .array();
    var bytes = ByteBuffer.allocate(BYTES).put(epoch).put(crypt(Cipher.ENCRYPT_MODE, block));
    return Base64.getUrlEncoder().encodeToString(bytes.putInt(checksum(bytes.array())).array());
  }

  /**
   * Reads a cursor; one of another log is a position that is nowhere.
   *
   * @throws HubException if it is none
   */
  Position read(String cursor, Object... path) {
    var bytes = decode(cursor);
    if (bytes == null || ByteBuffer.wrap(bytes).getInt(BYTES - 4) != checksum(bytes)) {
      throw HubException.invalid(
          "Malformed cursor: use the cursor of an event, or newestCursor of an earlier page", path);
    }
    if (!Arrays.equals(epoch, Arrays.copyOf(bytes, EPOCH_BYTES))) {
      return Position.NOWHERE;
    }
    var block = Arrays.copyOfRange(bytes, EPOCH_BYTES, EPOCH_BYTES + BLOCK_BYTES);
    var plain = ByteBuffer.wrap(crypt(Cipher.DECRYPT_MODE, block));
    return new Position(plain.getLong(), plain.getInt());
  }

  private static byte @org.jspecify.annotations.Nullable [] decode(String cursor) {
    if (cursor.length() != LENGTH) {
      return null;
    }
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static int checksum(byte[] bytes) {
    var sum = new CRC32();
    sum.update(bytes, 0, BYTES - 4);
    return (int) sum.getValue();
  }

  private byte[] crypt(int mode, byte[] block) {
    try {
      var cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(mode, key, NO_IV);
      return cipher.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }
}
