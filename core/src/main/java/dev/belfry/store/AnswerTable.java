package dev.belfry.store;

import dev.belfry.api.codec.Codec;
import dev.belfry.model.Answered;
import dev.belfry.model.RequestKey;
import io.avaje.jsonb.JsonType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was answered to requests with a key, and what they had done, kept for a day. */
public final class AnswerTable {
  /** How long a request counts as sent again (contract, Idempotency-Key). */
  public static final Duration KEPT = Duration.ofHours(24);

  private static final JsonType<Map<String, String>> TEXTS = Codec.jsonb().type(String.class).map();

  private final Sql sql;

  AnswerTable(Sql sql) {
    this.sql = sql;
  }

  /**
   * A request that was here before.
   *
   * @param hash of what it asked
   * @param done what it had committed: step to result
   * @param answer null where it got no final one
   */
  public record Row(String hash, Map<String, String> done, @Nullable Answered answer) {}

  public Optional<Row> find(RequestKey key, Instant now) {
    return sql.first(
        """
        SELECT hash, done, status, headers, body FROM answer
        WHERE subject = ? AND method = ? AND path = ? AND idempotency_key = ? AND created > ?
        """,
        row -> {
          int status = row.getInt(3);
          return new Row(
              row.getString(1),
              TEXTS.fromJson(row.getString(2)),
              status == 0
                  ? null
                  : new Answered(status, TEXTS.fromJson(row.getString(4)), row.getString(5)));
        },
        key.subject(),
        key.method(),
        key.path(),
        key.key(),
        now.minus(KEPT).toEpochMilli());
  }

  /** Notes what a request has done, before there is an answer. */
  void noteDone(RequestKey key, String hash, Map<String, String> steps, Instant now) {
    begin(key, hash, now);
    sql.update(
        """
        UPDATE answer SET done = json_patch(done, ?)
        WHERE subject = ? AND method = ? AND path = ? AND idempotency_key = ?
        """,
        TEXTS.toJson(steps),
        key.subject(),
        key.method(),
        key.path(),
        key.key());
  }

  /** Remembers a final answer. */
  public void remember(RequestKey key, String hash, Answered answer, Instant now) {
    begin(key, hash, now);
    sql.update(
        """
        UPDATE answer SET status = ?, headers = ?, body = ?
        WHERE subject = ? AND method = ? AND path = ? AND idempotency_key = ?
        """,
        answer.status(),
        TEXTS.toJson(answer.headers()),
        answer.body(),
        key.subject(),
        key.method(),
        key.path(),
        key.key());
  }

  private void begin(RequestKey key, String hash, Instant now) {
    sweep(now);
    sql.update(
        """
        INSERT INTO answer (subject, method, path, idempotency_key, hash, created) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
        key.subject(),
        key.method(),
        key.path(),
        key.key(),
        hash,
        now.toEpochMilli());
  }

  /** Forgets what is too old to be asked for. */
  public void sweep(Instant now) {
    sql.update("DELETE FROM answer WHERE created <= ?", now.minus(KEPT).toEpochMilli());
  }
}
