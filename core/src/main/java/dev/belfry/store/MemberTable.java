package dev.belfry.store;

import dev.belfry.model.Participant;
import dev.belfry.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is in which chat. */
public final class MemberTable {
  private static final int ADMIN = 1;
  private static final int BOT = 2;
  private static final int PENDING = 4;

  private final Sql sql;

  MemberTable(Sql sql) {
    this.sql = sql;
  }

  public void put(long chat, long person, Participant member) {
    int flags =
        (member.isAdmin() ? ADMIN : 0)
            | (member.isNetworkBot() ? BOT : 0)
            | (member.isPending() ? PENDING : 0);
    sql.update(
        "INSERT INTO member (chat, person, flags) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET flags = excluded.flags",
        chat,
        person,
        flags);
  }

  /** Whether somebody is in a chat, by the network's id. */
  public boolean has(long chat, UserId user) {
    return sql.number(
            0,
            "SELECT count(*) FROM member m JOIN person p ON p.id = m.person WHERE m.chat = ? AND p.user_id = ?",
            chat,
            user.value())
        > 0;
  }

  public void remove(long chat, long person) {
    sql.update("DELETE FROM member WHERE chat = ? AND person = ?", chat, person);
  }

  public void removeAll(long chat) {
    sql.update("DELETE FROM member WHERE chat = ?", chat);
  }

  /**
   * Sets how many members a chat has.
   *
   * @param total by the network's count; null to count
   */
  public void setTotal(long chat, @Nullable Integer total) {
    sql.update(
        "UPDATE chat SET members = max(ifnull(?1, 0), (SELECT count(*) FROM member WHERE chat = ?2)) WHERE id = ?2",
        total,
        chat);
  }

  /**
   * The members of a chat.
   *
   * @param limit how many at the most; -1 for all
   */
  List<Participant> list(long chat, int limit) {
    if (limit == 0) {
      return List.of();
    }
    return sql.list(
        "SELECT m.chat, m.flags, "
            + PersonTable.COLUMNS
            + " FROM member m JOIN person p ON p.id = m.person WHERE m.chat = ? ORDER BY m.person LIMIT ?",
        MemberTable::read,
        chat,
        limit);
  }

  /** All members of several chats, by chat: in one query, as each costs more than its rows. */
  Map<Long, List<Participant>> all(List<Long> chats) {
    var result = new HashMap<Long, List<Participant>>();
    sql.list(
        "SELECT m.chat, m.flags, "
            + PersonTable.COLUMNS
            + """
             FROM json_each(?) j
            CROSS JOIN member m ON m.chat = j.value
            CROSS JOIN person p ON p.id = m.person
            """,
        row -> result.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>()).add(read(row)),
        StoredJson.numbers(chats));
    return result;
  }

  private static Participant read(ResultSet row) throws SQLException {
    int flags = row.getInt(2);
    return new Participant(
        PersonTable.read(row, 3), (flags & ADMIN) != 0, (flags & BOT) != 0, (flags & PENDING) != 0);
  }

  /**
   * Names of others to make a title of, at most {@code limit}; bots of the network only where there
   * is nobody else.
   */
  public List<String> namesOfOthers(long chat, int limit) {
    return sql.list(
        """
        SELECT coalesce(nullif(p.full_name, ''), nullif(p.username, ''), p.user_id)
        FROM member m JOIN person p ON p.id = m.person
        WHERE m.chat = ? AND p.is_self = 0 ORDER BY m.flags & 2, m.person LIMIT ?
        """,
        row -> row.getString(1),
        chat,
        limit);
  }
}
