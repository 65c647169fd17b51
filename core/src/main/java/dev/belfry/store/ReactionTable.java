package dev.belfry.store;

import dev.belfry.model.MessageType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reactions of the accounts' owners, which are rows of the timeline that nobody is shown. */
public final class ReactionTable {
  private final Sql sql;

  ReactionTable(Sql sql) {
    this.sql = sql;
  }

  /**
   * A reaction of the account's owner that stands.
   *
   * @param networkKey null while the network has not confirmed it
   */
  public record Own(long id, String reaction, @Nullable String networkKey) {}

  public List<Own> own(long chat, String targetKey) {
    return sql.list(
        """
        SELECT id, body, network_key FROM message
        WHERE chat = ? AND target_key = ? AND kind = 'REACTION' AND flags & 20 = 4 ORDER BY id
        """,
        row -> new Own(row.getLong(1), row.getString(2), row.getString(3)),
        chat,
        targetKey);
  }

  /** Adds a reaction that the network has not confirmed yet. */
  public void add(
      long place,
      long chat,
      long self,
      String pendingId,
      String targetKey,
      String reaction,
      boolean emoji,
      Instant now) {
    new MessageRow(
            place,
            chat,
            self,
            now,
            MessageType.REACTION.name(),
            MessageFlags.of(true, true, false) | MessageFlags.PLACED_HERE,
            null,
            targetKey,
            pendingId,
            null,
            reaction,
            null,
            MessageRow.extra(emoji, null))
        .insert(sql);
  }

  /** Gives a reaction that was taken back its key again. */
  public void restore(long message, String reaction, boolean emoji) {
    sql.update(
        "UPDATE message SET body = ?, extra = ? WHERE id = ?",
        reaction,
        MessageRow.extra(emoji, null),
        message);
  }
}
