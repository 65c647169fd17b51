package dev.belfry.store;

/** The conditions of a search for chats; values 1 to 6 are those of every list of chats. */
final class ChatSearchSql {
  private static final String CONDITIONS =
      """
      AND (?5 IS NULL OR a.account_id IN (SELECT value FROM json_each(?5)))
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

  static final String OLDER =
      "AND (c.activity, c.id) < (?3, ?4) "
          + CONDITIONS
          + "ORDER BY c.activity DESC, c.id DESC LIMIT ?6";

  static final String NEWER =
      "AND (c.activity, c.id) > (?3, ?4) " + CONDITIONS + "ORDER BY c.activity, c.id LIMIT ?6";

  private ChatSearchSql() {}
}
