package dev.belfry.store;

import dev.belfry.model.Account;
import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.Grant;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The logins on networks, as the grant of the transaction may see them. */
public final class AccountTable {
  private static final String SELECT =
      "SELECT a.id, a.account_id, a.connector, a.network, a.login_id, a.status, a.reason, a.synced, a.removed, "
          + PersonTable.COLUMNS
          + """
           FROM account a LEFT JOIN person p ON p.id = (
            SELECT min(s.id) FROM person s WHERE s.account = a.id AND s.is_self = 1)
          """;

  private final Sql sql;
  private final Grant grant;

  AccountTable(Sql sql, Grant grant) {
    this.sql = sql;
    this.grant = grant;
  }

  /**
   * An account with what the API does not show.
   *
   * @param row the number that other tables refer to it by
   * @param loginId what tells it from other logins on its network
   * @param synced whether its first connection has delivered what there was
   * @param removed whether the person has logged it out; its history stays
   */
  public record Row(long row, Account account, String loginId, boolean synced, boolean removed) {}

  public List<Row> list() {
    var all = sql.list(SELECT + " ORDER BY a.id", AccountTable::read);
    if (grant.isUnlimited()) {
      return all;
    }
    var seen = seen();
    return all.stream().filter(row -> seen.contains(row.account().id())).toList();
  }

  public Optional<Row> find(AccountId id) {
    return sql.first(SELECT + " WHERE a.account_id = ?", AccountTable::read, id.value())
        .filter(row -> grant.isUnlimited() || seen().contains(id));
  }

  /** What a limited grant sees: with limits to chats, the accounts of these. */
  Set<AccountId> seen() {
    var only = grant.accounts();
    if (grant.chats() == null && only != null) {
      return only;
    }
    var sight = Sight.of(grant);
    return sql
        .list(
            "SELECT DISTINCT a.account_id FROM " + sight.source() + " WHERE " + sight.condition(),
            row -> new AccountId(row.getString(1)),
            Sight.accounts(grant),
            Sight.chats(grant))
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  public long add(AccountId id, String connector, String network, String loginId) {
    return sql.insert(
        "INSERT INTO account (account_id, connector, network, login_id, status) VALUES (?, ?, ?, ?, ?)",
        id.value(),
        connector,
        network,
        loginId,
        AccountState.Status.CONNECTING.name());
  }

  /** Whether that was a change. */
  public boolean setState(long row, AccountState state) {
    return sql.update(
            "UPDATE account SET status = ?1, reason = ?2 WHERE id = ?3 AND (status <> ?1 OR reason <> ?2)",
            state.status().name(),
            state.reason(),
            row)
        > 0;
  }

  public void setSynced(long row) {
    sql.update("UPDATE account SET synced = 1 WHERE id = ?", row);
  }

  public void setRemoved(long row) {
    sql.update("UPDATE account SET removed = 1 WHERE id = ?", row);
  }

  /** It is logged in again. What an account that was removed has missed is no news. */
  public void setLoggedIn(long row) {
    sql.update(
        "UPDATE account SET synced = CASE WHEN removed THEN 0 ELSE synced END, removed = 0 WHERE id = ?",
        row);
  }

  /**
   * Some of its chats, in an order that stays.
   *
   * @param after the network's key of the last one of those before; empty for the first
   */
  public List<ChatKey> chats(long row, String after, int limit) {
    return sql.list(
        "SELECT id, network_key FROM chat WHERE account = ? AND network_key > ? ORDER BY network_key LIMIT ?",
        found -> new ChatKey(found.getLong(1), found.getString(2)),
        row,
        after,
        limit);
  }

  /** A chat by its number and by what its network calls it. */
  public record ChatKey(long chat, String networkKey) {}

  /** One of its chats. */
  public OptionalLong anyChat(long row) {
    long chat = sql.number(0, "SELECT id FROM chat WHERE account = ? LIMIT 1", row);
    return chat == 0 ? OptionalLong.empty() : OptionalLong.of(chat);
  }

  /** Deletes it with its people; its chats must be gone. */
  public void delete(long row) {
    sql.update("DELETE FROM account WHERE id = ?", row);
  }

  private static Row read(ResultSet row) throws SQLException {
    var id = new AccountId(row.getString(2));
    var self =
        row.getString(10) == null
            ? User.of(new UserId(row.getString(5)), null).asSelf()
            : PersonTable.read(row, 10);
    var state = new AccountState(AccountState.Status.valueOf(row.getString(6)), row.getString(7));
    var account = new Account(id, row.getString(3), row.getString(4), self, state);
    return new Row(row.getLong(1), account, row.getString(5), row.getBoolean(8), row.getBoolean(9));
  }
}
