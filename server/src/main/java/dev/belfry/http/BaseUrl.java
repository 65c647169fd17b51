package dev.belfry.http;

import dev.belfry.http.guard.Reach;
import java.util.Locale;
import org.eclipse.jetty.server.Request;

/**
 * The address under which a client reaches the server, for the absolute URLs in answers.
 *
 * @param secure whether by HTTPS
 * @param host as the client named it, lower case, an IPv6 address in brackets
 * @param port as the client named it
 */
public record BaseUrl(boolean secure, String host, int port) {
  /**
   * From the Host header; from the connection's own address where there is none, or none that could
   * be put into a URL.
   */
  static BaseUrl of(Request request) {
    String named = named(request);
    return new BaseUrl(
        request.isSecure(),
        Reach.isPlain(named) ? named : "localhost",
        Request.getServerPort(request));
  }

  /**
   * As {@link #host}, but whatever was sent: what asks whether the server is meant must not see
   * another name in its place. Empty for nothing at all.
   */
  static String named(Request request) {
    String host = Request.getServerName(request);
    String named = host == null ? "" : host.toLowerCase(Locale.ROOT);
    return named.indexOf(':') >= 0 && !named.startsWith("[") ? "[" + named + "]" : named;
  }

  /**
   * A URL of ours.
   *
   * @param path absolute, or empty for the base itself
   */
  public String at(String path) {
    int usual = secure ? 443 : 80;
    return (secure ? "https://" : "http://") + host + (port == usual ? "" : ":" + port) + path;
  }
}
