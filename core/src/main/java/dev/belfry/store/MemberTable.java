package dev.belfry.store;

import dev.belfry.model.Participant;
import dev.belfry.model.Participants;
import java.util.List;
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
   * @param total how many there are
   */
  Participants list(long chat, int limit, int total) {
    if (limit == 0) {
      return new Participants(List.of(), total);
    }
    var items =
        sql.list(
            "SELECT m.flags, "
                + PersonTable.COLUMNS
                + " FROM member m JOIN person p ON p.id = m.person WHERE m.chat = ? ORDER BY m.person LIMIT ?",
            row -> {
              int flags = row.getInt(1);
              return new Participant(
                  PersonTable.read(row, 2),
                  (flags & ADMIN) != 0,
                  (flags & BOT) != 0,
                  (flags & PENDING) != 0);
            },
            chat,
            limit);
    return new Participants(items, Math.max(total, items.size()));
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
