package dev.belfry.http.guard;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * From where the server may be reached, and under which names.
 *
 * @param isRemote whether from other machines, directly or through a proxy: remote access in the
 *     contract's words; then the proxy's word counts for how clients name us
 * @param isProxied whether there is a proxy in front: then its word counts for who calls, too
 * @param names by which it may be called besides local names and plain addresses; empty for any
 * @param origins of web pages that may call it besides local ones, such as {@code
 *     https://app.example.org}
 */
public record Reach(boolean isRemote, boolean isProxied, Set<String> names, Set<String> origins) {
  public static final Reach LOCAL = new Reach(false, false, Set.of(), Set.of());
  public static final Reach REMOTE = new Reach(true, false, Set.of(), Set.of());

  private static final Pattern PLAIN = Pattern.compile("[a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}]");

  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  public Reach {
    names = lowerCase(names);
    origins = lowerCase(origins);
  }

  private static Set<String> lowerCase(Set<String> texts) {
    return texts.stream()
        .map(text -> text.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether it is written as names and addresses are, and could stand in a URL as it is. Resolvers
   * find hosts by other names, too.
   *
   * @param host lower case, an IPv6 address in brackets
   */
  public static boolean isPlain(String host) {
    return PLAIN.matcher(host).matches();
  }

  /**
   * Whether somebody who means us calls us so. Against DNS rebinding: a web page's own name that
   * leads here for a while. Addresses cannot be rebound.
   *
   * @param host as {@link #isPlain} takes it; anything that is not plain is nobody's
   */
  public boolean isOurs(String host) {
    if (!isPlain(host)) {
      return false;
    }
    if (isLocal(host)) {
      return true;
    }
    return isRemote && (names.isEmpty() || names.contains(host) || isAddress(host));
  }

  /**
   * Whether a connection may call us so that brings a request which calls us by a name of ours in
   * {@code X-Forwarded-Host}. A page that had its own name lead here can send that header too. A
   * proxy, though, may call us by a name from its own set-up, which no web site has if it is
   * without a dot.
   */
  public boolean mayBring(String host) {
    return isOurs(host) || (isProxied && isPlain(host) && host.matches("[a-z0-9_-]+"));
  }

  static boolean isLocal(String host) {
    return LOCAL_NAMES.contains(host) || (host.startsWith("127.") && host.matches("[0-9.]+"));
  }

  private static boolean isAddress(String host) {
    return host.startsWith("[") || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  }
}
