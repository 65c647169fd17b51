package dev.belfry.store;

/**
 * The texts of queries for chats. Values 1 and 2 are those of {@link Sight}, 3 and 4 the position
 * to go on from, 5 the accounts asked for, 6 how many; 7 to 14 are a search's.
 */
final class ChatSql {
  private static final String COLUMNS =
      """
      SELECT c.id, c.canonical_id, a.account_id, c.network_key, coalesce(nullif(c.network, ''), a.network) AS network, c.type, c.title,
        c.members, c.capability_set, c.activity, c.read_up_to, c.unread, c.unread_mentions, c.last_message,
        CASE WHEN c.last_message <= c.read_up_to THEN c.last_message ELSE
          (SELECT max(m.id) FROM message m WHERE m.chat = c.id AND m.id <= c.read_up_to AND m.flags & 8 = 0) END AS last_read,
        c.description, c.img_url, c.send_refusal, c.draft, c.message_expiry, c.remind_at, c.snooze_until, c.snoozed_at,
      """
          + Mask.of(
              "c.description NOTNULL",
              "c.img_url NOTNULL",
              "c.send_refusal NOTNULL",
              "c.draft NOTNULL",
              "c.message_expiry NOTNULL",
              "c.remind_at NOTNULL",
              "c.snooze_until NOTNULL AND c.snoozed_at NOTNULL",
              "c.archived",
              "c.low_priority",
              "c.muted",
              "c.pinned",
              "c.read_only",
              "c.marked_unread",
              "c.remind_dismiss",
              "a.removed")
          + " ";

  /** One, by a condition that follows; nothing of it is filtered. */
  static final String ONE = COLUMNS + "FROM chat c CROSS JOIN account a ON a.id = c.account WHERE ";

  /** Those of a list of ids in JSON; likewise. */
  static final String ALL =
      COLUMNS
          + "FROM json_each(?1) j CROSS JOIN chat c ON c.id = j.value CROSS JOIN account a ON a.id = c.account";

  private static final String OF_ACCOUNTS =
      "AND (?5 IS NULL OR a.account_id IN (SELECT value FROM json_each(?5))) ";

  private static final String FOUND =
      """
      AND CASE WHEN ?8 THEN json_array_length(?7) = 0 OR EXISTS (
          SELECT 1 FROM member m JOIN person p ON p.id = m.person
          WHERE m.chat = c.id AND p.is_self = 0 AND NOT EXISTS (
            SELECT 1 FROM json_each(?7) w WHERE instr(' ' || p.search_name, ' ' || w.value) = 0))
        ELSE NOT EXISTS (SELECT 1 FROM json_each(?7) w WHERE instr(c.search_title, ' ' || w.value) = 0) END
      AND CASE ?9 WHEN 'PRIMARY' THEN c.archived = 0 AND c.low_priority = 0
        WHEN 'LOW_PRIORITY' THEN c.low_priority = 1 AND c.archived = 0
        WHEN 'ARCHIVE' THEN c.archived = 1 ELSE 1 END
      AND (?10 IS NULL OR c.type = ?10)
      AND (NOT ?11 OR c.unread > 0 OR c.marked_unread = 1)
      AND (?12 OR c.muted = 0)
      AND (?13 IS NULL OR c.activity < ?13)
      AND (?14 IS NULL OR c.activity > ?14)
      """;

  private static final ChatSql EVERYTHING = new ChatSql(Sight.EVERYTHING);
  private static final ChatSql SOME_ACCOUNTS = new ChatSql(Sight.SOME_ACCOUNTS);
  private static final ChatSql SOME_CHATS = new ChatSql(Sight.SOME_CHATS);

  /** All before a position, newest first, and all after it, oldest first. */
  final String older;

  final String newer;

  /** Likewise what a search finds. */
  final String foundOlder;

  final String foundNewer;

  private ChatSql(Sight sight) {
    older = older(sight, OF_ACCOUNTS);
    newer = newer(sight, OF_ACCOUNTS);
    foundOlder = older(sight, OF_ACCOUNTS + FOUND);
    foundNewer = newer(sight, OF_ACCOUNTS + FOUND);
  }

  static ChatSql of(Sight sight) {
    return switch (sight) {
      case EVERYTHING -> EVERYTHING;
      case SOME_ACCOUNTS -> SOME_ACCOUNTS;
      case SOME_CHATS -> SOME_CHATS;
    };
  }

  private static String older(Sight sight, String conditions) {
    return list(
        sight,
        "AND (c.activity, c.id) < (?3, ?4) " + conditions,
        "ORDER BY c.activity DESC, c.id DESC");
  }

  private static String newer(Sight sight, String conditions) {
    return list(
        sight, "AND (c.activity, c.id) > (?3, ?4) " + conditions, "ORDER BY c.activity, c.id");
  }

  /**
   * With everything in sight, chats come first, in the order of their index: left to itself SQLite
   * begins with the accounts, and sorts all their chats. What a limited grant sees is few: these
   * are sorted by what their index holds, and only those of the page are read.
   */
  private static String list(Sight sight, String conditions, String order) {
    var picked =
        "FROM " + sight.source() + " WHERE " + sight.condition() + " " + conditions + order;
    return switch (sight) {
      case EVERYTHING -> COLUMNS + picked + " LIMIT ?6";
      case SOME_ACCOUNTS, SOME_CHATS ->
          COLUMNS
              + "FROM (SELECT c.id AS id "
              + picked
              + " LIMIT ?6) v CROSS JOIN chat c ON c.id = v.id CROSS JOIN account a ON a.id = c.account "
              + order;
    };
  }
}
