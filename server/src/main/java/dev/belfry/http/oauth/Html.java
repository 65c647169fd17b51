package dev.belfry.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.http.Answer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pages for people: plain HTML without scripts, that no other page may frame, and that say to
 * nobody where their reader comes from.
 */
final class Html {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
      body{margin:0;display:grid;place-items:center;min-height:100vh}
      main{max-width:34rem;padding:1.5rem}
      h1{font-size:1.4rem}dt{margin-top:.8rem;opacity:.7}dd{margin:0;overflow-wrap:anywhere}
      pre{font-size:1.3rem;padding:.8rem;border:1px solid;border-radius:.4rem;overflow:auto}
      button,input{font:inherit;padding:.4rem 1rem;margin:.3rem .3rem .3rem 0}
      form{display:inline}\
      """;

  /**
   * The referrer policy is {@code same-origin} and not {@code no-referrer}: with the latter,
   * browsers send our own forms with an origin of {@code null}, which cannot be told from a foreign
   * one.
   */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type",
          "text/html; charset=utf-8",
          "Content-Security-Policy",
          "default-src 'none'; style-src 'sha256-"
              + hash(STYLE)
              + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private Html() {}

  /**
   * A page.
   *
   * @param body HTML in which all that is not ours has been escaped
   */
  static Answer page(int status, String title, String body) {
    return page(status, Map.of(), title, body);
  }

  static Answer page(int status, Map<String, String> headers, String title, String body) {
    var all = new LinkedHashMap<>(HEADERS);
    all.putAll(headers);
    return new Answer.Whole(
        status,
        all,
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s - Belfry</title><style>%s</style></head><body><main>
        <h1>%s</h1>
        %s
        </main></body></html>
        """
            .formatted(escape(title), STYLE, escape(title), body));
  }

  /** Sends the browser on, with what it gets there to keep to itself. */
  static Answer redirect(String location) {
    return new Answer.Whole(
        303, Map.of("Location", location, "Referrer-Policy", "no-referrer"), "");
  }

  /** For texts and quoted attributes. */
  static String escape(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> escaped.appendCodePoint(c);
          }
        });
    return escaped.toString();
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
