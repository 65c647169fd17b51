package dev.belfry.store;

import dev.belfry.model.Grant;
import dev.belfry.model.Upload;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files that clients brought. A limited grant finds only its own. */
public final class UploadTable {
  private static final String SELECT =
      "SELECT id, subject, file, file_name, mime_type, size, width, height, duration, expires FROM upload ";

  private final Sql sql;
  private final Grant grant;

  UploadTable(Sql sql, Grant grant) {
    this.sql = sql;
    this.grant = grant;
  }

  public void add(Upload upload) {
    sql.update(
        """
        INSERT INTO upload (id, subject, file, file_name, mime_type, size, width, height, duration, expires)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        upload.id(),
        upload.subject(),
        upload.file().toString(),
        upload.fileName(),
        upload.mimeType(),
        upload.size(),
        upload.width(),
        upload.height(),
        upload.duration(),
        upload.expires().toEpochMilli());
  }

  public Optional<Upload> find(String id) {
    return sql.first(SELECT + "WHERE id = ?", UploadTable::read, id)
        .filter(upload -> grant.isUnlimited() || upload.subject().equals(grant.subject()));
  }

  /** A message that waits uses it: it stays at least as long as a message may wait. */
  public void keepUntilSent(String id, Instant now) {
    keepUntil(id, now.plus(Duration.ofHours(25)));
  }

  /** It stays at least until then. */
  public void keepUntil(String id, Instant time) {
    sql.update("UPDATE upload SET expires = max(expires, ?) WHERE id = ?", time.toEpochMilli(), id);
  }

  /** Whether a draft, a message, something that waits to be told, or a chat's picture needs it. */
  public boolean isUsed(Upload upload) {
    return sql.number(
            0,
            """
            SELECT EXISTS (SELECT 1 FROM asset WHERE url = ?2)
              OR EXISTS (SELECT 1 FROM outbox WHERE instr(payload, ?1) > 0)
              OR EXISTS (SELECT 1 FROM chat WHERE img_url = ?3)
              OR EXISTS (SELECT 1 FROM chat WHERE draft IS NOT NULL AND instr(draft, ?1) > 0)
            """,
            upload.id(),
            upload.file().toUri().toString(),
            upload.file().toString())
        == 1;
  }

  /** Those that something needs. */
  public List<Upload> used() {
    return sql.list(SELECT, UploadTable::read).stream().filter(this::isUsed).toList();
  }

  /** Of all there are. */
  public List<String> ids() {
    return sql.list("SELECT id FROM upload", row -> row.getString(1));
  }

  /** Bytes that all uploads take. */
  public long bytes() {
    return sql.number(0, "SELECT sum(size) FROM upload");
  }

  /** Those whose time has come. */
  public List<Upload> expired(Instant now) {
    return sql.list(SELECT + "WHERE expires <= ?", UploadTable::read, now.toEpochMilli());
  }

  public void remove(String id) {
    sql.update("DELETE FROM upload WHERE id = ?", id);
  }

  /** Bytes that a token's uploads take. */
  public long bytes(String subject) {
    return sql.number(0, "SELECT sum(size) FROM upload WHERE subject = ?", subject);
  }

  private static Upload read(ResultSet row) throws SQLException {
    return new Upload(
        row.getString(1),
        row.getString(2),
        Path.of(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        integer(row, 7),
        integer(row, 8),
        real(row, 9),
        Instant.ofEpochMilli(row.getLong(10)));
  }

  private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  private static @Nullable Double real(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }
}
