package dev.belfry.bench.parts;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A page of messages; the key is the chat's canonical id, a space, and the place before which. */
final class MessageQueries implements BareQuery {
  static final String COLUMNS =
      """
      SELECT m.id, m.network_key, m.pending_id, p.user_id, coalesce(nullif(p.full_name, ''), p.username), m.ts, m.kind,
        m.flags, m.target_key, m.edited_ts, m.delivery, m.body, m.html, m.extra, l.id
      """;
  static final String TYPES = "lssss" + "lsls" + "lssss" + "l";
  static final String WHAT_IT_REFERS_TO =
      """
      JOIN person p ON p.id = m.sender
      LEFT JOIN message l ON l.chat = m.chat AND l.network_key = m.target_key
      """;
  static final String REACTION_COLUMNS = "SELECT m.id, p.user_id, r.body, r.extra ";
  static final String ITS_REACTIONS =
      """
      JOIN message r ON r.chat = m.chat AND r.target_key = m.network_key
      JOIN person p ON p.id = r.sender
      WHERE r.kind = 'REACTION' AND r.flags & 16 = 0
      """;
  static final String REACTION_TYPES = "lsss";

  private final Statements statements;
  private final PreparedStatement chat;
  private final PreparedStatement messages;
  private final PreparedStatement reactions;
  private final PreparedStatement receipts;
  private final PreparedStatement waiting;
  private final PreparedStatement gap;

  MessageQueries(Statements statements, int limit) throws SQLException {
    this.statements = statements;
    chat =
        statements.prepare(
            "SELECT c.id, a.account_id, c.read_up_to FROM chat c JOIN account a ON a.id = c.account WHERE c.canonical_id = ?");
    messages =
        statements.prepare(
            COLUMNS
                + "FROM message m "
                + WHAT_IT_REFERS_TO
                + "WHERE m.chat = ? AND m.id < ? AND m.flags & 8 = 0 ORDER BY m.id DESC LIMIT "
                + (limit + 1));
    reactions =
        statements.prepare(
            REACTION_COLUMNS
                + "FROM json_each(?) j JOIN message m ON m.id = j.value "
                + ITS_REACTIONS);
    receipts =
        statements.prepare(
            "SELECT r.up_to, p.user_id, r.at FROM receipt r JOIN person p ON p.id = r.person WHERE r.chat = ?");
    waiting =
        statements.prepare(
            "SELECT id, payload FROM outbox WHERE chat = ? AND pending_id IS NOT NULL");
    gap =
        statements.prepare(
            "SELECT before FROM gap WHERE chat = ? AND before <= ? ORDER BY before DESC LIMIT 1");
  }

  @Override
  public void run(String key) throws SQLException {
    int space = key.indexOf(' ');
    long before = Long.parseLong(key.substring(space + 1));
    statements.begin();
    var id = Statements.rows(chat, "lsl", key.substring(0, space)).getFirst();
    var ids = Statements.rows(messages, TYPES, id, before);
    Statements.rows(reactions, REACTION_TYPES, Statements.json(ids));
    Statements.rows(receipts, "lsl", id);
    Statements.rows(waiting, "ls", id);
    Statements.rows(gap, "l", id, before);
    statements.commit();
  }

  @Override
  public void close() throws SQLException {
    statements.close();
  }
}
