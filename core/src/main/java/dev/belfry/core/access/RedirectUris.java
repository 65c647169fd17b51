package dev.belfry.core.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
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
        && !scheme.startsWith("ms-")
        && !scheme.startsWith("chrome")
        && !scheme.startsWith("moz-")
        && scheme.length() > 2; // a drive of Windows
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
    return registered.equals(asked)
        || (isAcceptable(asked) && withoutPort(registered).equals(withoutPort(asked)));
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
