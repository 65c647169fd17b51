package dev.belfry.store;

import dev.belfry.model.AccountId;
import dev.belfry.model.ChatId;
import dev.belfry.model.Grant;
import dev.belfry.model.Grant.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tokens of clients, by their hashes. */
public final class TokenTable {
  private static final String SELECT =
      "SELECT id, name, scopes, created, expires, last_used, accounts, chats FROM token ";

  private final Sql sql;

  TokenTable(Sql sql) {
    this.sql = sql;
  }

  /**
   * A token.
   *
   * @param accounts what it is limited to; null for all
   * @param chats likewise
   */
  public record Row(
      String id,
      String name,
      Set<Scope> scopes,
      Instant created,
      @Nullable Instant expires,
      @Nullable Instant lastUsed,
      @Nullable Set<AccountId> accounts,
      @Nullable Set<ChatId> chats) {
    /** What it is good for. */
    public Grant grant() {
      return new Grant(id, scopes, accounts, chats);
    }
  }

  public void add(Row token, byte[] hash) {
    var expires = token.expires();
    sql.update(
        """
        INSERT INTO token (id, name, hash, scopes, created, expires, accounts, chats) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        token.id(),
        token.name(),
        hash,
        token.scopes().stream().map(Scope::name).sorted().collect(Collectors.joining(" ")),
        token.created().toEpochMilli(),
        expires == null ? null : expires.toEpochMilli(),
        words(token.accounts()),
        words(token.chats()));
  }

  /**
   * An account is gone: who was limited to it sees nothing of a later one with its id. Nor do they
   * see its end in the log any more, which is why it is noted when that was.
   *
   * @param seq the number of the last change so far
   */
  public void forget(AccountId account, long seq) {
    for (var row : list()) {
      var accounts = row.accounts();
      if (accounts != null && accounts.contains(account)) {
        var rest = new HashSet<>(accounts);
        rest.remove(account);
        sql.update(
            "UPDATE token SET accounts = ?, narrowed = ? WHERE id = ?", words(rest), seq, row.id());
      }
    }
  }

  private static @Nullable String words(@Nullable Set<?> ids) {
    return ids == null
        ? null
        : ids.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
  }

  private static <T> @Nullable Set<T> set(@Nullable String words, Function<String, T> each) {
    if (words == null) {
      return null;
    }
    return words.isEmpty()
        ? Set.of()
        : Arrays.stream(words.split(" ", -1)).map(each).collect(Collectors.toUnmodifiableSet());
  }

  public List<Row> list() {
    return sql.list(SELECT + "ORDER BY created, id", TokenTable::read);
  }

  public Optional<Row> find(byte[] hash) {
    return sql.first(SELECT + "WHERE hash = ?", TokenTable::read, hash);
  }

  public void used(String id, Instant at) {
    sql.update("UPDATE token SET last_used = ? WHERE id = ?", at.toEpochMilli(), id);
  }

  public void delete(String id) {
    sql.update("DELETE FROM token WHERE id = ?", id);
  }

  private static Row read(ResultSet row) throws SQLException {
    var scopes = EnumSet.noneOf(Scope.class);
    for (var scope : row.getString(3).split(" ", -1)) {
      scopes.add(Scope.valueOf(scope));
    }
    return new Row(
        row.getString(1),
        row.getString(2),
        scopes,
        Instant.ofEpochMilli(row.getLong(4)),
        instant(row, 5),
        instant(row, 6),
        set(row.getString(7), AccountId::new),
        set(row.getString(8), id -> new ChatId(Long.parseLong(id))));
  }

  static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
