package dev.belfry.http.assets;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of a file that a request asks for (RFC 9110, section 14). */
public sealed interface ByteRange {
  /** All of it. */
  record Whole() implements ByteRange {}

  /**
   * A part.
   *
   * @param last counted from 0 as well, and within the part
   */
  record Part(long first, long last) implements ByteRange {}

  /** There is nothing of what was asked for: 416. */
  record Unsatisfiable() implements ByteRange {}

  Pattern SINGLE = Pattern.compile("(?i)bytes[ \t]*=[ \t]*([0-9]*)[ \t]*-[ \t]*([0-9]*)[ \t]*,?");

  /**
   * Reads the header {@code Range}. What is malformed, of another unit, or of several parts, is as
   * if it were not there, as the specification lets a server choose.
   */
  static ByteRange of(@Nullable String header, long size) {
    var match = header == null ? null : SINGLE.matcher(header.strip());
    if (match == null || !match.matches()) {
      return new Whole();
    }
    var from = match.group(1);
    var to = match.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? new Whole() : suffix(number(to), size);
    }
    long first = number(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
    if (last < first) {
      return new Whole(); // no valid range at all
    }
    return first >= size ? new Unsatisfiable() : new Part(first, Math.min(last, size - 1));
  }

  private static ByteRange suffix(long length, long size) {
    return length == 0 || size == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, size - length), size - 1);
  }

  /** A number that does not fit is beyond every file. */
  private static long number(String digits) {
    var plain = digits.replaceFirst("^0+(?=.)", "");
    return plain.length() > 18 ? Long.MAX_VALUE : Long.parseLong(plain);
  }
}
