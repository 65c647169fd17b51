package dev.belfry.bench.parts;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What requests that change something write, each in a transaction of its own. */
final class WriteQueries {
  private static final String CHAT_ID = "SELECT id FROM chat WHERE canonical_id = ?";
  private static final String NOTE_CHANGE =
      "INSERT INTO change (kind, chat, ref, ts) VALUES (?, ?, ?, ?)";
  private static final String RECOUNT =
      """
      UPDATE chat SET read_up_to = ?1, marked_unread = ?3, (unread, unread_mentions) = (
        SELECT count(*), ifnull(sum(flags & 2 = 2), 0) FROM message WHERE chat = ?2 AND id > ?1 AND flags & 1 = 1)
      WHERE id = ?2
      """;

  private WriteQueries() {}

  /** Marking read or unread. The key is the chat's canonical id, a space, and a message's id. */
  abstract static class Marking implements BareQuery {
    private final Statements statements;
    private final PreparedStatement id;
    private final PreparedStatement last;
    private final PreparedStatement recount;
    private final PreparedStatement unqueue;
    private final PreparedStatement queue;
    private final PreparedStatement change;
    private final PreparedStatement chat;
    private final PreparedStatement members;

    Marking(Statements statements) throws SQLException {
      this.statements = statements;
      id = statements.prepare(CHAT_ID);
      last = statements.prepare("SELECT max(id) FROM message WHERE chat = ? AND id <= ?");
      recount = statements.prepare(RECOUNT);
      unqueue = statements.prepare("DELETE FROM outbox WHERE chat = ? AND kind = 'READ_STATE'");
      queue =
          statements.prepare(
              "INSERT INTO outbox (account, chat, kind, created) SELECT account, id, 'READ_STATE', ? FROM chat WHERE id = ?");
      change = statements.prepare(NOTE_CHANGE);
      chat = statements.prepare(ChatQueries.CHAT + "WHERE c.id = ?");
      members = statements.prepare(ChatQueries.MEMBERS);
    }

    void mark(String canonicalId, long upTo, long flag) throws SQLException {
      statements.beginWriting();
      long row = Statements.number(id, canonicalId);
      Statements.update(recount, Statements.number(last, row, upTo), row, flag);
      Statements.update(unqueue, row);
      Statements.update(queue, 0L, row);
      Statements.update(change, "CHAT_UPSERTED", row, "", 0L);
      Statements.rows(chat, ChatQueries.CHAT_TYPES, row);
      Statements.rows(members, ChatQueries.MEMBER_TYPES, row);
      statements.commit();
    }

    @Override
    public void close() throws SQLException {
      statements.close();
    }
  }

  /** From the message of the key on all is unread. */
  static final class Unread extends Marking {
    Unread(Statements statements) throws SQLException {
      super(statements);
    }

    @Override
    public void run(String key) throws SQLException {
      int space = key.indexOf(' ');
      mark(key.substring(0, space), Long.parseLong(key.substring(space + 1)) - 1, 1);
    }
  }

  /** All is read, whatever the message. */
  static final class Read extends Marking {
    Read(Statements statements) throws SQLException {
      super(statements);
    }

    @Override
    public void run(String key) throws SQLException {
      mark(key.substring(0, key.indexOf(' ')), Long.MAX_VALUE, 0);
    }
  }

  /** The key is the chat's canonical id. */
  static final class Send implements BareQuery {
    private static final String PAYLOAD =
        "{\"type\":\"TEXT\",\"body\":\"A message of middling length, as people send them\",\"attachments\":[],"
            + "\"links\":[],\"mentions\":[],\"mentionsMe\":false,\"hidden\":false}";

    private final Statements statements;
    private final PreparedStatement id;
    private final PreparedStatement last;
    private final PreparedStatement queue;
    private final PreparedStatement raise;
    private final PreparedStatement change;
    private long number;

    Send(Statements statements) throws SQLException {
      this.statements = statements;
      id = statements.prepare(CHAT_ID);
      last = statements.prepare("SELECT max(id) FROM message WHERE chat = ?");
      queue =
          statements.prepare(
              """
              INSERT INTO outbox (account, chat, kind, pending_id, payload, queued_after, created)
              SELECT account, id, 'SEND_MESSAGE', ?, ?, ?, ? FROM chat WHERE id = ?
              """);
      raise =
          statements.prepare(
              "UPDATE chat SET activity = activity + 1, read_up_to = max(read_up_to, ?) WHERE id = ?");
      change = statements.prepare(NOTE_CHANGE);
    }

    @Override
    public void run(String key) throws SQLException {
      statements.beginWriting();
      long row = Statements.number(id, key);
      long newest = Statements.number(last, row);
      var pendingId = "bare" + System.nanoTime() + "-" + number++;
      Statements.update(queue, pendingId, PAYLOAD, newest, 0L, row);
      Statements.update(raise, newest, row);
      Statements.update(change, "MESSAGE_UPSERTED", row, pendingId, 0L);
      Statements.update(change, "CHAT_UPSERTED", row, "", 0L);
      statements.commit();
    }

    @Override
    public void close() throws SQLException {
      statements.close();
    }
  }

  /**
   * A message of somebody else: its row, its words in the index, the chat's counter and place, two
   * changes. The key is the chat's canonical id.
   */
  static final class Ingest implements BareQuery {
    private static final String BODY = "don ban nachin traifon a message of middling length stuben";
    private static final String TOKENS = BODY + " #c17 #s99 #a1 #kTEXT";

    private final Statements statements;
    private final PreparedStatement id;
    private final PreparedStatement newest;
    private final PreparedStatement message;
    private final PreparedStatement index;
    private final PreparedStatement raise;
    private final PreparedStatement change;
    private long number;

    Ingest(Statements statements) throws SQLException {
      this.statements = statements;
      id = statements.prepare(CHAT_ID);
      newest = statements.prepare("SELECT max(id) FROM message");
      message =
          statements.prepare(
              """
              INSERT INTO message (id, chat, sender, ts, kind, flags, network_key, body)
              SELECT ?1, ?2, m.person, ?1 / 4096, 'TEXT', 1, ?3, ?4 FROM member m WHERE m.chat = ?2 LIMIT 1
              """);
      index = statements.prepare("INSERT INTO search (rowid, tokens) VALUES (?, ?)");
      raise =
          statements.prepare(
              "UPDATE chat SET activity = ?1, last_message = ?1, unread = unread + 1 WHERE id = ?2");
      change = statements.prepare(NOTE_CHANGE);
    }

    @Override
    public void run(String key) throws SQLException {
      statements.beginWriting();
      long row = Statements.number(id, key);
      long place = Statements.number(newest) + 4096;
      Statements.update(message, place, row, "$bare" + System.nanoTime() + "-" + number++, BODY);
      Statements.update(index, place, TOKENS);
      Statements.update(raise, place, row);
      Statements.update(change, "MESSAGE_UPSERTED", row, Long.toString(place), 0L);
      Statements.update(change, "CHAT_UPSERTED", row, "", 0L);
      statements.commit();
    }

    @Override
    public void close() throws SQLException {
      statements.close();
    }
  }
}
