package dev.belfry.http.oauth;

import dev.belfry.http.BaseUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tokens are for (RFC 8707). All that this server offers is one resource: a token that was
 * asked for one path is good for the others too, but nothing can be asked for that another server
 * offers.
 */
final class Resources {
  private static final int LONGEST = 500;
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private Resources() {}

  /**
   * The one resource asked for; null for none.
   *
   * @throws OAuthFault if it is not ours
   */
  static @Nullable String of(Parameters parameters, BaseUrl base) {
    List<String> asked = parameters.all("resource");
    if (asked.isEmpty()) {
      return null;
    }
    if (asked.size() > 1) {
      throw new OAuthFault("invalid_target", "A token can be asked for one resource only");
    }
    return check(asked.getFirst(), base);
  }

  static String check(String resource, BaseUrl base) {
    try {
      var uri = new URI(resource);
      if (resource.length() <= LONGEST && uri.getRawFragment() == null && isOurs(uri, base)) {
        return resource;
      }
    } catch (URISyntaxException e) {
      throw notOurs();
    }
    throw notOurs();
  }

  private static OAuthFault notOurs() {
    return new OAuthFault("invalid_target", "The resource is not one of this server");
  }

  private static boolean isOurs(URI uri, BaseUrl base) {
    if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
      return false;
    }
    var ours = URI.create(base.at(""));
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return uri.getScheme().equalsIgnoreCase(ours.getScheme())
        && port(uri) == port(ours)
        && (host.equals(ours.getHost())
            || (LOCAL.contains(host) && LOCAL.contains(ours.getHost())));
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
