package dev.belfry.core.access;

import dev.belfry.core.Tokens;
import dev.belfry.model.Consent;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The codes that clients exchange for tokens: one try each, within minutes, by who asked for it.
 * They are kept in memory, so those of a server that ended are lost. Safe for use by any thread.
 */
public final class Codes {
  private static final System.Logger LOG = System.getLogger(Codes.class.getName());

  private static final String UNKNOWN =
      "The code is unknown, used or expired, or the server was started again since: ask anew";

  /** How long a code is good (contract, auth.md, Lifetime). */
  static final Duration LIFETIME = Duration.ofMinutes(5);

  private final Tokens tokens;
  private final InstantSource clock;
  private final Duration tokenLifetime;

  /** One exchange after the other: of two with the same code the second must see the first's. */
  private final ReentrantLock exchanging = new ReentrantLock();

  /** By hash. */
  private final Map<ByteBuffer, Issued> issued = new HashMap<>();

  /**
   * A code that waits for its client.
   *
   * @param tokenLifetime how long the person lets the token be good; null for the usual
   * @param tokenNotAfter when it ends at the latest; null for whenever
   */
  private record Issued(
      AccessRequest request,
      Instant expires,
      @Nullable Duration tokenLifetime,
      @Nullable Instant tokenNotAfter) {}

  /**
   * @param tokenLifetime how long the tokens are good
   */
  public Codes(Tokens tokens, InstantSource clock, Duration tokenLifetime) {
    this.tokens = tokens;
    this.clock = clock;
    this.tokenLifetime = tokenLifetime;
  }

  /**
   * What a client sends to get its token.
   *
   * @param verifier of PKCE
   * @param clientId null where the client did not say
   * @param redirectUri likewise
   * @param resource likewise
   */
  public record Exchange(
      String code,
      String verifier,
      @Nullable String clientId,
      @Nullable String redirectUri,
      @Nullable String resource) {}

  synchronized String issue(
      AccessRequest request, @Nullable Duration tokenLifetime, @Nullable Instant tokenNotAfter) {
    var now = clock.instant();
    issued.values().removeIf(code -> !code.expires().isAfter(now));
    var code = Secrets.next();
    issued.put(key(code), new Issued(request, now.plus(LIFETIME), tokenLifetime, tokenNotAfter));
    return code;
  }

  /** Whether nobody has tried it yet. */
  synchronized boolean isUntouched(String code) {
    return issued.containsKey(key(code));
  }

  /**
   * Makes the token that a code stands for. Whatever comes of it, the code is used up: who shows it
   * without the rest has stolen it. A code that is shown again ends the token that it gave.
   *
   * @throws dev.belfry.model.HubException with the code {@code invalid_grant} or {@code
   *     invalid_target}
   */
  public Tokens.NewToken redeem(Exchange exchange) {
    exchanging.lock();
    try {
      return redeemInTurn(exchange);
    } finally {
      exchanging.unlock();
    }
  }

  private Tokens.NewToken redeemInTurn(Exchange exchange) {
    Issued code;
    synchronized (this) {
      code = issued.remove(key(exchange.code()));
    }
    if (code == null) {
      tokens.revokeGivenFor(Secrets.hash(exchange.code()));
      throw Clients.refusal("invalid_grant", UNKNOWN);
    }
    var now = clock.instant();
    if (!code.expires().isAfter(now)) {
      throw Clients.refusal("invalid_grant", UNKNOWN);
    }
    check(code.request(), exchange);
    return token(code, exchange, now);
  }

  private static void check(AccessRequest request, Exchange exchange) {
    if (!Secrets.same(request.challenge(), Secrets.challenge(exchange.verifier()))) {
      throw Clients.refusal("invalid_grant", "The code_verifier does not fit the code_challenge");
    }
    if (exchange.clientId() != null && !exchange.clientId().equals(request.clientId())) {
      throw Clients.refusal("invalid_grant", "The code was given to another client");
    }
    if (exchange.redirectUri() != null
        && request.redirectUri() != null
        && !exchange.redirectUri().equals(request.redirectUri())) {
      throw Clients.refusal("invalid_grant", "The redirect_uri is not the one of the request");
    }
    if (exchange.resource() != null
        && request.resource() != null
        && !exchange.resource().equals(request.resource())) {
      throw Clients.refusal("invalid_target", "The resource is not the one of the request");
    }
  }

  private Tokens.NewToken token(Issued code, Exchange exchange, Instant now) {
    var request = code.request();
    var lifetime = code.tokenLifetime() == null ? tokenLifetime : code.tokenLifetime();
    if (code.tokenNotAfter() != null) {
      var left = Duration.between(now, code.tokenNotAfter());
      if (!left.isPositive()) {
        throw Clients.refusal("invalid_grant", "What it was approved with has expired");
      }
      lifetime = left.compareTo(lifetime) < 0 ? left : lifetime;
    }
    var resource = request.resource() == null ? exchange.resource() : request.resource();
    var made =
        tokens.create(
            request.clientName() == null ? request.clientId() : request.clientName(),
            request.scopes(),
            lifetime,
            new Consent(request.clientId(), resource),
            Secrets.hash(exchange.code()));
    LOG.log(Level.INFO, "a client got the token {0} by consent", made.token().id());
    return made;
  }

  private static ByteBuffer key(String code) {
    return ByteBuffer.wrap(Secrets.hash(code));
  }
}
