package dev.belfry.http;

import dev.belfry.http.guard.Cors;
import dev.belfry.http.guard.ForwardedHeaders;
import dev.belfry.http.guard.RateLimits;
import dev.belfry.http.guard.Reach;
import dev.belfry.model.Grant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Who may come in (contract, auth.md). */
final class Gate {
  private static final String BEARER = "bearer ";
  private static final String FOR_EVERYBODY = "/.well-known/oauth-";
  private static final String SUBPROTOCOL = "bearer.";

  private final Authentication tokens;
  private final Reach reach;
  private final RateLimits rates;
  private final Cors cors;

  Gate(Authentication tokens, Reach reach, RateLimits rates) {
    this.tokens = tokens;
    this.reach = reach;
    this.rates = rates;
    this.cors = new Cors(reach.origins());
  }

  /**
   * Turns away what a web page elsewhere makes the user's browser send: under a name of its own
   * that leads to this machine (DNS rebinding), or to our name but from its origin. Origins that
   * are no web pages, such as an extension's, need a token like everybody. Says in the answer who
   * may read it.
   *
   * @throws Refused with 403
   */
  void admit(Request request, HttpFields.Mutable answer) {
    String sent = BaseUrl.named(ForwardedHeaders.asSent(request));
    if (!reach.isOurs(BaseUrl.named(request)) || !reach.mayBring(sent)) {
      throw new Refused(
          Errors.forbidden(
              reach.isRemote()
                  ? "This server is not known by that name; serve --allow-host adds one"
                  : "This server answers to localhost only, not to other names"));
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null) {
      return;
    }
    String own = BaseUrl.of(request).at("");
    boolean isForEverybody = isForEverybody(request);
    if (!isForEverybody && !cors.admits(origin, own)) {
      throw new Refused(
          Errors.forbidden(
              "Requests from other web sites are refused; serve --allow-origin lets one in"));
    }
    cors.allow(origin, own, isForEverybody, answer);
  }

  /** What a browser asks before it sends a request. */
  void preflight(Request request, Set<String> methods, HttpFields.Mutable answer) {
    cors.preflight(request.getHeaders(), methods, answer);
  }

  /** Documents that say where to sign in, which any web page may read (contract, auth.md). */
  private static boolean isForEverybody(Request request) {
    String path = request.getHttpURI().getPath();
    return path != null && path.startsWith(FOR_EVERYBODY);
  }

  /**
   * The grant that the request's token stands for.
   *
   * @throws Refused with 401, 403 or 429
   */
  Grant grant(Request request, Grant.Scope scope) {
    Grant grant = grantIfAny(request).orElseThrow(() -> stranger(request));
    long early = rates.request(grant.subject());
    if (early > 0) {
      throw new Refused(Errors.tooMany("Too many requests with this token", early));
    }
    if (!grant.allows(scope)) {
      String needed = scope.name().toLowerCase(Locale.ROOT);
      throw new Refused(Errors.forbidden("The token lacks the scope " + needed));
    }
    return grant;
  }

  private Refused stranger(Request request) {
    if (token(request) == null) {
      return new Refused(
          Errors.unauthorized(request, "A token is needed: Authorization: Bearer ..."));
    }
    long early = rates.failure(Request.getRemoteAddr(request));
    return new Refused(
        early > 0
            ? Errors.tooMany("Too many requests with bad tokens from this address", early)
            : Errors.unauthorized(request, "The token is unknown, expired or revoked"));
  }

  /** As {@link #grant}, but without refusal. */
  Optional<Grant> grantIfAny(Request request) {
    String token = token(request);
    return token == null ? Optional.empty() : tokens.authenticate(token);
  }

  /** Counts a request that tells of a token in another place than its header; as {@link #grant}. */
  long countToken(String subject) {
    return rates.request(subject);
  }

  /** Likewise one that shows a wrong token there. */
  long countWrongToken(Request request) {
    return rates.failure(Request.getRemoteAddr(request));
  }

  /** What the request's token stands for whenever asked; empty once it is no longer good. */
  Supplier<Optional<Grant>> standing(Request request) {
    String token = token(request);
    return () -> token == null ? Optional.empty() : tokens.authenticate(token);
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
