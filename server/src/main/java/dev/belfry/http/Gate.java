package dev.belfry.http;

import dev.belfry.model.Grant;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Who may come in (contract, auth.md). */
final class Gate {
  private static final String BEARER = "bearer ";
  private static final String SUBPROTOCOL = "bearer.";
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Authentication tokens;
  private final boolean loopbackOnly;

  /**
   * @param loopbackOnly whether only this machine can connect: then nobody has a reason to call it
   *     by another name
   */
  Gate(Authentication tokens, boolean loopbackOnly) {
    this.tokens = tokens;
    this.loopbackOnly = loopbackOnly;
  }

  /**
   * Turns away what a web page elsewhere makes the user's browser send: under a name of its own
   * that leads to this machine (DNS rebinding), or to our name but from its origin. Origins that
   * are no web pages, such as an extension's, need a token like everybody.
   *
   * @throws Refused with 403
   */
  void admit(Request request) {
    BaseUrl base = BaseUrl.of(request);
    if (loopbackOnly && !isLocal(base.host())) {
      throw new Refused(
          Errors.forbidden("This server answers to localhost only, not to other names"));
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && !isForEverybody(request) && isForeign(origin, base)) {
      throw new Refused(Errors.forbidden("Requests from other web sites are refused"));
    }
  }

  /** Documents that say where to sign in, which any web page may read (contract, auth.md). */
  private static boolean isForEverybody(Request request) {
    String path = request.getHttpURI().getPath();
    return path != null && path.startsWith("/.well-known/oauth-");
  }

  private static boolean isLocal(String host) {
    return LOCAL_NAMES.contains(host) || (host.startsWith("127.") && host.matches("[0-9.]+"));
  }

  private static boolean isForeign(String origin, BaseUrl base) {
    try {
      var uri = new URI(origin.toLowerCase(Locale.ROOT));
      String scheme = uri.getScheme();
      if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) {
        return false;
      }
      String host = uri.getHost();
      return host == null || (!isLocal(host) && !origin.equalsIgnoreCase(base.at("")));
    } catch (URISyntaxException e) {
      return true;
    }
  }

  /**
   * The grant that the request's token stands for.
   *
   * @throws Refused with 401 or 403
   */
  Grant grant(Request request, Grant.Scope scope) {
    Grant grant =
        grantIfAny(request)
            .orElseThrow(() ->
                new Refused(
                    Errors.unauthorized(
                        request,
                        token(request) == null
                            ? "A token is needed: Authorization: Bearer ..."
                            : "The token is unknown, expired or revoked")));
    if (!grant.allows(scope)) {
      String needed = scope.name().toLowerCase(Locale.ROOT);
      throw new Refused(Errors.forbidden("The token lacks the scope " + needed));
    }
    return grant;
  }

  /** As {@link #grant}, but without refusal. */
  Optional<Grant> grantIfAny(Request request) {
    String token = token(request);
    return token == null ? Optional.empty() : tokens.authenticate(token);
  }

  /** Whether the request's token still stands for the grant, whenever asked. */
  BooleanSupplier stillGrants(Request request, Grant grant) {
    String token = token(request);
    return () -> token != null && tokens.authenticate(token).filter(grant::equals).isPresent();
  }

  private static @Nullable String token(Request request) {
    List<String> values = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
    if (values.isEmpty()) {
      return tokenOfSocket(request);
    }
    if (values.size() != 1 || !values.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String token = values.get(0).substring(BEARER.length()).strip();
    return token.isEmpty() ? null : token;
  }

  /**
   * Browsers cannot set headers for a WebSocket, so the token comes as one of the subprotocols
   * (contract, Decided for Belfry).
   */
  private static @Nullable String tokenOfSocket(Request request) {
    if (!"websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE))) {
      return null;
    }
    return request.getHeaders().getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false).stream()
        .filter(word -> word.startsWith(SUBPROTOCOL) && word.length() > SUBPROTOCOL.length())
        .map(word -> word.substring(SUBPROTOCOL.length()))
        .findFirst()
        .orElse(null);
  }
}
