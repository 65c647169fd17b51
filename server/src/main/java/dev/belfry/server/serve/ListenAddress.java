package dev.belfry.server.serve;

/**
 * Where to listen, as asked for on the command line.
 *
 * @param host as written, without brackets
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {
  /**
   * From {@code HOST:PORT}, where an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new IllegalArgumentException(
          "'" + text + "' is not HOST:PORT, such as 127.0.0.1:23373 or [::1]:23373");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "an IPv6 address stands in brackets, as in [::1]:23373, but not in '" + text + "'");
    }
    return new ListenAddress(host, port(text.substring(colon + 1)));
  }

  /** Such as {@code http://127.0.0.1:23373}. */
  static String url(boolean secure, String host, int port) {
    String scheme = secure ? "https://" : "http://";
    return scheme + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // the same answer
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no port: a number from 1 to 65535, or 0 for any free one");
  }
}
