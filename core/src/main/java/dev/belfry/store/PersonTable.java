package dev.belfry.store;

import dev.belfry.model.User;
import dev.belfry.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/** The people that an account knows, its owner among them. */
public final class PersonTable {
  /** The columns that {@link #read} takes, in its order, of a table named {@code p}. */
  static final String COLUMNS =
      "p.user_id, p.full_name, p.username, p.phone_number, p.email, p.img_url, p.is_self, p.cannot_message";

  private final Sql sql;
  private final KnownRows known;

  PersonTable(Sql sql, KnownRows known) {
    this.sql = sql;
    this.known = known;
  }

  public OptionalLong find(long account, UserId user) {
    return known.person(
        account,
        user,
        () ->
            sql.number(
                0,
                "SELECT id FROM person WHERE account = ? AND user_id = ?",
                account,
                user.value()));
  }

  /** The row of somebody of whom only the id is known here, made if there is none. */
  public long require(long account, UserId user, boolean isSelf) {
    return find(account, user)
        .orElseGet(() ->
            sql.insert(
                "INSERT INTO person (account, user_id, is_self) VALUES (?, ?, ?)",
                account,
                user.value(),
                isSelf));
  }

  /** The account's owner. */
  public long self(long account) {
    long row =
        sql.number(
            0,
            "SELECT id FROM person WHERE account = ? AND is_self = 1 ORDER BY id LIMIT 1",
            account);
    if (row == 0) {
      throw new IllegalStateException("account without an owner");
    }
    return row;
  }

  /** What a save did. */
  public record Saved(long row, boolean renamed) {}

  /** Stores what is known; what is null leaves alone what was known before. */
  public Saved save(long account, User user) {
    var before =
        sql.first(
            "SELECT id, ifnull(full_name, ifnull(username, '')) FROM person WHERE account = ? AND user_id = ?",
            row -> java.util.Map.entry(row.getLong(1), row.getString(2)),
            account,
            user.id().value());
    sql.update(
        """
        INSERT INTO person (account, user_id, full_name, username, phone_number, email, img_url, is_self, cannot_message)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (account, user_id) DO UPDATE SET
          full_name = ifnull(excluded.full_name, full_name), username = ifnull(excluded.username, username),
          phone_number = ifnull(excluded.phone_number, phone_number), email = ifnull(excluded.email, email),
          img_url = ifnull(excluded.img_url, img_url), is_self = max(is_self, excluded.is_self),
          cannot_message = excluded.cannot_message
        """,
        account,
        user.id().value(),
        user.fullName(),
        user.username(),
        user.phoneNumber(),
        user.email(),
        user.imgURL(),
        user.isSelf(),
        user.cannotMessage());
    var name = user.fullName() != null ? user.fullName() : user.username();
    return before
        .map(old -> new Saved(old.getKey(), name != null && !name.equals(old.getValue())))
        .orElseGet(() -> new Saved(find(account, user.id()).orElseThrow(), name != null));
  }

  /**
   * Chats without a name of their own that this person is a member of: their title is made from
   * names.
   */
  public List<Long> unnamedChatsOf(long person) {
    return sql.list(
        "SELECT c.id FROM member m JOIN chat c ON c.id = m.chat WHERE m.person = ? AND c.network_title IS NULL",
        row -> row.getLong(1),
        person);
  }

  static User read(ResultSet row, int first) throws SQLException {
    return new User(
        new UserId(row.getString(first)),
        row.getString(first + 1),
        row.getString(first + 2),
        row.getString(first + 3),
        row.getString(first + 4),
        row.getString(first + 5),
        row.getBoolean(first + 6),
        row.getBoolean(first + 7));
  }
}
