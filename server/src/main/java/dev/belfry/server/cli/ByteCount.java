package dev.belfry.server.cli;

import java.util.regex.Pattern;

/**
 * A number of bytes as people write it: {@code 500M}, {@code 2G}, or a plain number. K, M, G and T
 * are 1024 times one another.
 */
record ByteCount(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,15})([KMGT]?)B?");
  private static final String UNITS = "KMGT";
  private static final long MOST = 1L << 50;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static ByteCount parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no size: write such as 500M, 2G, or a number of bytes");
    }
    long bytes = Long.parseLong(parts.group(1));
    int shift = parts.group(2).isEmpty() ? 0 : 10 * (UNITS.indexOf(parts.group(2)) + 1);
    if (bytes > MOST >> shift || bytes == 0) {
      throw new IllegalArgumentException("'" + text + "' is out of range: from 1 byte to 1024T");
    }
    return new ByteCount(bytes << shift);
  }

  @Override
  public String toString() {
    for (int shift = 10 * UNITS.length(); shift > 0; shift -= 10) {
      if (bytes % (1L << shift) == 0) {
        return (bytes >> shift) + UNITS.substring(shift / 10 - 1, shift / 10);
      }
    }
    return Long.toString(bytes);
  }
}
