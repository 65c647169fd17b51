package dev.belfry.bench.parts;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What the answers about chats are made from. */
final class ChatQueries {
  private static final String COLUMNS =
      """
      SELECT c.id, c.canonical_id, a.account_id, c.network_key, c.network, c.type, c.title, c.description, c.img_url,
        c.archived, c.low_priority, c.muted, c.pinned, c.read_only, c.send_refusal, c.message_expiry, c.members,
        c.capability_set, c.activity, c.read_up_to, c.unread, c.unread_mentions, c.marked_unread, c.draft, c.remind_at,
        c.remind_dismiss, c.snooze_until, c.snoozed_at,
        (SELECT max(m.id) FROM message m WHERE m.chat = c.id AND m.id <= c.read_up_to)
      """;
  static final String CHAT = COLUMNS + "FROM chat c CROSS JOIN account a ON a.id = c.account ";

  /** Those of messages. */
  static final String CHATS_OF =
      COLUMNS
          + """
          FROM (SELECT DISTINCT m.chat AS id FROM json_each(?) j JOIN message m ON m.id = j.value) v
          CROSS JOIN chat c ON c.id = v.id CROSS JOIN account a ON a.id = c.account
          """;

  static final String CHAT_TYPES = "lssssssss" + "lllll" + "s" + "llllllll" + "s" + "lllll";
  static final String MEMBERS =
      """
      SELECT m.flags, p.user_id, p.full_name, p.username, p.phone_number, p.email, p.img_url, p.is_self,
        p.cannot_message
      FROM member m JOIN person p ON p.id = m.person WHERE m.chat = ? ORDER BY m.person LIMIT 100
      """;
  static final String MEMBER_TYPES = "l" + "ssssss" + "ll";

  static final String MEMBERS_OF_PAGE =
      """
      SELECT m.flags, p.user_id, p.full_name, p.username, p.phone_number, p.email, p.img_url, p.is_self,
        p.cannot_message
      FROM json_each(?) j
      JOIN member m ON m.chat = j.value AND m.person <= ifnull(
        (SELECT x.person FROM member x WHERE x.chat = j.value ORDER BY x.person LIMIT 1 OFFSET 19), 9e18)
      JOIN person p ON p.id = m.person
      """;
  private static final String PREVIEWS =
      "FROM json_each(?) j JOIN chat c ON c.id = j.value JOIN message m ON m.id = c.last_message ";

  private ChatQueries() {}

  /** 25 chats with their newest messages; the key is where the page begins. */
  static final class ChatPage implements BareQuery {
    private final Statements statements;
    private final PreparedStatement chats;
    private final PreparedStatement members;
    private final PreparedStatement previews;
    private final PreparedStatement reactions;

    ChatPage(Statements statements) throws SQLException {
      this.statements = statements;
      chats =
          statements.prepare(
              CHAT + "WHERE c.activity < ? ORDER BY c.activity DESC, c.id DESC LIMIT 26");
      members = statements.prepare(MEMBERS_OF_PAGE);
      previews =
          statements.prepare(MessageQueries.COLUMNS + PREVIEWS + MessageQueries.WHAT_IT_REFERS_TO);
      reactions =
          statements.prepare(
              MessageQueries.REACTION_COLUMNS + PREVIEWS + MessageQueries.ITS_REACTIONS);
    }

    @Override
    public void run(String key) throws SQLException {
      statements.begin();
      var ids = Statements.json(Statements.rows(chats, CHAT_TYPES, Long.parseLong(key)));
      Statements.rows(members, MEMBER_TYPES, ids);
      Statements.rows(previews, MessageQueries.TYPES, ids);
      Statements.rows(reactions, MessageQueries.REACTION_TYPES, ids);
      statements.commit();
    }

    @Override
    public void close() throws SQLException {
      statements.close();
    }
  }

  /** One chat; the key is its canonical id. */
  static final class OneChat implements BareQuery {
    private final Statements statements;
    private final PreparedStatement chat;
    private final PreparedStatement members;

    OneChat(Statements statements) throws SQLException {
      this.statements = statements;
      chat = statements.prepare(CHAT + "WHERE c.canonical_id = ?");
      members = statements.prepare(MEMBERS);
    }

    @Override
    public void run(String key) throws SQLException {
      statements.begin();
      var ids = Statements.rows(chat, CHAT_TYPES, key);
      Statements.rows(members, MEMBER_TYPES, ids.getFirst());
      statements.commit();
    }

    @Override
    public void close() throws SQLException {
      statements.close();
    }
  }
}
