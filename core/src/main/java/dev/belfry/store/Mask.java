package dev.belfry.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Flags, and which columns are not null, as one number: asking the driver for a column costs as
 * much as SQLite takes to find the row, and most of a chat's or a person's columns are null.
 */
final class Mask {
  private Mask() {}

  /**
   * An expression in SQL, with a short name: without one its text is its name, and the driver asks
   * for the names of all columns with every query.
   *
   * @param conditions each of which is 0 or 1; that at place i becomes bit i
   */
  static String of(String... conditions) {
    var text = new StringBuilder();
    for (int i = 0; i < conditions.length; i++) {
      text.append(i == 0 ? "(" : " | ").append("((").append(conditions[i]).append(") << ");
      text.append(i).append(')');
    }
    return text.append(") AS mask").toString();
  }

  static boolean has(long mask, int bit) {
    return (mask & 1L << bit) != 0;
  }

  /** The text in a column; null where its bit is not set. */
  static @Nullable String text(ResultSet row, int column, long mask, int bit) throws SQLException {
    return has(mask, bit) ? row.getString(column) : null;
  }
}
