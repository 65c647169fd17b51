package dev.belfry.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * The address under which a client reaches the server, for the absolute URLs in answers.
 *
 * @param secure whether by HTTPS
 * @param host as the client named it, lower case, an IPv6 address in brackets
 * @param port as the client named it
 */
public record BaseUrl(boolean secure, String host, int port) {
  private static final Pattern HOST = Pattern.compile("[a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}]");

  /**
   * From the Host header; from the connection's own address where there is none, or none that could
   * be put into a URL.
   */
  static BaseUrl of(Request request) {
    String host = Request.getServerName(request);
    String named = host == null ? "" : host.toLowerCase(Locale.ROOT);
    String bracketed =
        named.indexOf(':') >= 0 && !named.startsWith("[") ? "[" + named + "]" : named;
    return new BaseUrl(
        request.isSecure(),
        HOST.matcher(bracketed).matches() ? bracketed : "localhost",
        Request.getServerPort(request));
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
