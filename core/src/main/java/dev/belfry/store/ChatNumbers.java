package dev.belfry.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Gives chats their numbers, which clients know as {@code localChatID}: six digits, each once, in
 * an order that only the data file knows, so that whoever sees some of them learns nothing of how
 * many there are (decision 0010).
 */
final class ChatNumbers {
  private static final long FIRST = 100_000;
  private static final long COUNT = 900_000;

  /** Half of the bits that count to {@link #COUNT} takes. */
  private static final int HALF = 10;

  private static final int HALF_MASK = (1 << HALF) - 1;
  private static final int ROUNDS = 4;

  private final Sql sql;

  ChatNumbers(Sql sql) {
    this.sql = sql;
  }

  /** One that no chat has, or had. */
  long next() {
    var key =
        sql.first("SELECT key FROM chat_number WHERE id = 1", row -> row.getBytes(1)).orElseThrow();
    while (true) {
      sql.update("UPDATE chat_number SET given = given + 1 WHERE id = 1");
      long turn = sql.number(0, "SELECT given FROM chat_number WHERE id = 1") - 1;
      long number = FIRST + (turn < COUNT ? shuffled(turn, key) : turn);
      // Those of before numbers were shuffled may lie there too.
      if (sql.number(0, "SELECT 1 FROM chat WHERE id = ?", number) == 0) {
        return number;
      }
    }
  }

  /** A Feistel network over twenty bits, walked until it is within the count: no two are alike. */
  static long shuffled(long turn, byte[] key) {
    long value = turn;
    do {
      int left = (int) (value >> HALF);
      int right = (int) value & HALF_MASK;
      for (int round = 0; round < ROUNDS; round++) {
        int mixed = left ^ (hash(key, round, right) & HALF_MASK);
        left = right;
        right = mixed;
      }
      value = (long) left << HALF | right;
    } while (value >= COUNT);
    return value;
  }

  private static int hash(byte[] key, int round, int half) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update("chat number".getBytes(UTF_8));
      digest.update(key);
      digest.update(ByteBuffer.allocate(2 * Integer.BYTES).putInt(round).putInt(half).flip());
      return ByteBuffer.wrap(digest.digest()).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
