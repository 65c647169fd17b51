package dev.belfry.http.guard;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may call, and read what is answered (contract, Headers: by default those of this
 * machine alone). Ours may; what is no web page, such as an extension, may call with a token like
 * any program.
 */
public final class Cors {
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,2000}");
  private static final String EXPOSED =
      "X-Beeper-Desktop-Version, WWW-Authenticate, Retry-After, x-should-retry, Idempotent-Replayed, "
          + "ETag, Last-Modified, Accept-Ranges, Content-Range, Content-Disposition, Mcp-Session-Id";
  private static final String MINUTES = "600";

  private final Set<String> listed;

  /**
   * Knows which origins may call.
   *
   * @param listed in lower case, besides local ones and our own
   */
  public Cors(Set<String> listed) {
    this.listed = Set.copyOf(listed);
  }

  /**
   * Whether a request of that origin is let in at all.
   *
   * @param own our own origin, as the client names us
   */
  public boolean admits(String origin, String own) {
    String scheme = scheme(origin);
    return isReader(origin, own)
        || (scheme != null && !scheme.equals("http") && !scheme.equals("https"));
  }

  /** Whether a page of that origin may read our answers. */
  private boolean isReader(String origin, String own) {
    return listed.contains(origin.toLowerCase(Locale.ROOT))
        || origin.equalsIgnoreCase(own)
        || isLocal(origin);
  }

  private static boolean isLocal(String origin) {
    String scheme = scheme(origin);
    if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
      return false;
    }
    String host = URI.create(origin.toLowerCase(Locale.ROOT)).getHost();
    return host != null && Reach.isLocal(host);
  }

  private static @Nullable String scheme(String origin) {
    try {
      return new URI(origin.toLowerCase(Locale.ROOT)).getScheme();
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /**
   * Says in an answer who may read it.
   *
   * @param origin of the request
   * @param isForEverybody for documents that any page may read
   */
  public void allow(String origin, String own, boolean isForEverybody, HttpFields.Mutable headers) {
    headers.add(HttpHeader.VARY, "Origin");
    if (isForEverybody) {
      headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    } else if (isReader(origin, own)) {
      headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      headers.put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
  }

  /**
   * Answers what browsers ask before they send a request: after {@link #allow} said who may.
   *
   * @param asked the request's headers
   * @param methods of the path
   */
  public void preflight(HttpFields asked, Set<String> methods, HttpFields.Mutable headers) {
    if (!headers.contains(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN)
        || !asked.contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD)) {
      return;
    }
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, String.join(", ", methods));
    headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, MINUTES);
    String wanted = asked.get(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS);
    if (wanted != null && NAMES.matcher(wanted).matches()) {
      // No header is secret or dangerous here; what authorizes is the token in one of them.
      headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
    }
    if ("true".equals(asked.get("Access-Control-Request-Private-Network"))) {
      headers.put("Access-Control-Allow-Private-Network", "true");
    }
  }
}
