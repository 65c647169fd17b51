package dev.belfry.core.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an answer may be sent: to a program on the person's own machine, by a loopback address or
 * by a scheme of its own (contract, auth.md, POST /oauth/register; RFC 8252).
 */
public final class RedirectUris {
  private static final int LONGEST = 2000;
  private static final int LAST_PORT = 65535;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

  /**
   * Schemes that no program of the person's own has, but browsers and systems themselves: code,
   * local files, what others have registered for all.
   */
  private static final Set<String> TAKEN =
      Set.of(
          "about",
          "acct",
          "blob",
          "cid",
          "content",
          "data",
          "dav",
          "dict",
          "dns",
          "facetime",
          "feed",
          "file",
          "filesystem",
          "ftp",
          "ftps",
          "geo",
          "git",
          "gopher",
          "hcp",
          "imap",
          "intent",
          "irc",
          "jar",
          "javascript",
          "ldap",
          "ldaps",
          "livescript",
          "magnet",
          "mailto",
          "matrix",
          "mhtml",
          "mid",
          "mms",
          "news",
          "nfs",
          "nntp",
          "res",
          "resource",
          "rtsp",
          "search",
          "search-ms",
          "sftp",
          "shell",
          "sip",
          "sips",
          "sms",
          "smb",
          "ssh",
          "tel",
          "telnet",
          "urn",
          "vbscript",
          "view-source",
          "webcal",
          "ws",
          "wss",
          "wyciwyg",
          "xmpp");

  /** Families of schemes: those of one browser, store or system, each with many members. */
  private static final Pattern TAKEN_FAMILY =
      Pattern.compile(
          "(ms-|microsoft|chrome|googlechrome|moz-|x-safari|x-apple|web\\+|ext\\+|itms|android-|ddg).*"
              + "|(app-settings|arc|brave|duckduckgo|edge|firefox|intent|market|msedge|opera|prefs"
              + "|safari|samsungbrowser|shortcuts|touch|vivaldi|yandexbrowser)([^a-z].*)?");

  /** A scheme that is one of the web's, packed: {@code x-safari-https}, {@code git+http}. */
  private static final Pattern WRAPPED_SCHEME = Pattern.compile(".*[-+]https?s?");

  /** What a program that opens URLs would open; also where it is encoded, however often. */
  private static final Pattern URL_WITHIN =
      Pattern.compile("(https?|ftp|javascript)[:\\\\]|\\b(data|file):");

  private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");

  private RedirectUris() {}

  /** Whether it leads to the person's own machine, and to nothing else in anybody's reading. */
  public static boolean isAcceptable(String uri) {
    if (uri.length() > LONGEST || !PRINTABLE.matcher(uri).matches()) {
      return false;
    }
    try {
      return isAcceptable(new URI(uri));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isAcceptable(URI uri) {
    if (uri.getScheme() == null || uri.getRawFragment() != null) {
      return false;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (scheme.equals("http") || scheme.equals("https")) {
      return isLoopback(uri);
    }
    return !TAKEN.contains(scheme)
        && !TAKEN_FAMILY.matcher(scheme).matches()
        && !WRAPPED_SCHEME.matcher(scheme).matches()
        && scheme.length() > 2 // a drive of Windows
        && !holdsUrl(uri.getRawSchemeSpecificPart());
  }

  /** Whether a browser that has such a scheme could be led to a web site by it. */
  private static boolean holdsUrl(String text) {
    String decoded = text;
    for (String before = ""; !before.equals(decoded); ) {
      before = decoded;
      decoded =
          ENCODED
              .matcher(before)
              .replaceAll(code ->
                  Matcher.quoteReplacement(
                      Character.toString(Integer.parseInt(code.group(1), 16))));
    }
    return URL_WITHIN.matcher(decoded.toLowerCase(Locale.ROOT)).find();
  }

  private static boolean isLoopback(URI uri) {
    return uri.getHost() != null
        && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT))
        && uri.getRawUserInfo() == null
        && uri.getPort() <= LAST_PORT;
  }

  /**
   * Whether an answer may be sent to {@code asked} where {@code registered} was registered: it is
   * the same to the letter, but for the port of a loopback address, which programs get anew at each
   * start (RFC 8252, 7.3).
   */
  static boolean matches(String registered, String asked) {
    // What was registered once may be known to lead elsewhere by now.
    return isAcceptable(asked)
        && (registered.equals(asked) || withoutPort(registered).equals(withoutPort(asked)));
  }

  private static String withoutPort(String acceptable) {
    var uri = URI.create(acceptable);
    if (uri.getHost() == null || !uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http")) {
      return acceptable;
    }
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + uri.getRawPath()
        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }
}
