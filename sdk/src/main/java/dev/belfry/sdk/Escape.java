package dev.belfry.sdk;

import java.nio.charset.StandardCharsets;

/** Percent-encoding that leaves nothing for a server or proxy to interpret (RFC 3986, 2.3). */
final class Escape {
  private static final String UNRESERVED = "-._~";

  private Escape() {}

  /** Encodes everything but letters, digits and {@code -._~}. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        escaped.append(c);
      } else {
        escaped.append(String.format("%%%02X", (int) c));
      }
    }
    return escaped.toString();
  }

  /**
   * One segment of a path.
   *
   * @throws IllegalArgumentException if it is empty or dots, which no escaping can save
   */
  static String segment(String text) {
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException("An id cannot be empty, . or ..");
    }
    return escape(text);
  }
}
