package dev.belfry.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.model.Consent;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.store.Database;
import dev.belfry.store.TokenTable;
import dev.belfry.store.Tx;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that clients show. Only a hash of each is kept. Safe for use by any thread.
 *
 * <p>A token is looked up by its hash, not compared: how long that takes depends on the hash alone,
 * which nobody can steer towards that of a token they do not have, so the time tells nothing.
 */
public final class Tokens {
  /** What the one more token is called. */
  private static final String EXTRA = "environment";

  private static final int SECRET_BYTES = 32;
  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);
  private static final Duration EXPIRED_LISTED_FOR = Duration.ofDays(30);
  private static final Set<Grant.Scope> ALL = Set.of(Grant.Scope.READ, Grant.Scope.WRITE);

  private final Database database;
  private final InstantSource clock;
  private final byte @Nullable [] extraHash;
  private final Instant opened;
  private final SecureRandom random = new SecureRandom();
  private final List<Consumer<String>> revocationListeners = new CopyOnWriteArrayList<>();

  /** By hash, so that a request need not ask the store; emptied at every revocation. */
  private final Map<ByteBuffer, Known> known = new ConcurrentHashMap<>();

  /** How often a token was revoked; what was loaded before that must not be kept. */
  private final AtomicInteger revocations = new AtomicInteger();

  private record Known(Grant grant, @Nullable Instant expires, Instant noted) {}

  /**
   * Keeps them in a store.
   *
   * @param extra one more full token that is kept nowhere; null for none
   */
  Tokens(Database database, InstantSource clock, @Nullable String extra) {
    this.database = database;
    this.clock = clock;
    this.extraHash = extra == null ? null : hash(extra);
    this.opened = clock.instant();
  }

  /**
   * What may be known of a token later.
   *
   * @param accounts ids of those it is limited to; null for all
   * @param chats canonical ids of those it is limited to, as far as they are still there; null for
   *     all
   * @param consent how a client got it; null for one that was made by hand
   */
  public record Token(
      String id,
      String name,
      Set<Grant.Scope> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable List<String> accounts,
      @Nullable List<String> chats,
      @Nullable Consent consent) {}

  /**
   * What a token is to be limited to: both together narrow each other.
   *
   * @param accounts ids of accounts; empty for all
   * @param chats canonical or local ids; empty for all
   */
  public record Limits(List<String> accounts, List<String> chats) {
    public static final Limits NONE = new Limits(List.of(), List.of());
  }

  /**
   * A token that was just made.
   *
   * @param secret shown this once
   */
  public record NewToken(Token token, String secret) {}

  /**
   * Makes a token.
   *
   * @param name for people, to know it by
   * @param lifetime null for no end
   */
  public NewToken create(String name, Set<Grant.Scope> scopes, @Nullable Duration lifetime) {
    return create(name, scopes, lifetime, Limits.NONE);
  }

  /**
   * Makes a token that sees and does nothing outside its limits.
   *
   * @param name for people, to know it by
   * @param lifetime null for no end
   * @throws HubException for an account or a chat that is not there, and for a chat of an account
   *     that is not among those given
   */
  public NewToken create(
      String name, Set<Grant.Scope> scopes, @Nullable Duration lifetime, Limits limits) {
    if (name.isBlank() || scopes.isEmpty()) {
      throw HubException.invalid("A token needs a name and at least one scope");
    }
    return make(name, scopes, lifetime, limits, (_, _) -> {});
  }

  /**
   * Makes the token that a person let a client have.
   *
   * @param name the client's
   * @param code the hash of the code that is exchanged for it
   */
  public NewToken create(
      String name, Set<Grant.Scope> scopes, Duration lifetime, Consent consent, byte[] code) {
    return make(
        name,
        scopes,
        lifetime,
        Limits.NONE,
        (tx, id) -> {
          tx.consents().forgetExpired(tx.now().minus(EXPIRED_LISTED_FOR).toEpochMilli());
          tx.consents().add(id, consent, code);
        });
  }

  private NewToken make(
      String name,
      Set<Grant.Scope> scopes,
      @Nullable Duration lifetime,
      Limits limits,
      BiConsumer<Tx, String> addition) {
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    var secret = "belfry_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var id = new byte[4];
    random.nextBytes(id);
    var token =
        database.write(tx -> {
          var now = tx.now();
          var accounts = TokenLimits.accounts(tx, limits.accounts());
          var chats = TokenLimits.chats(tx, limits.chats(), accounts);
          var row =
              new TokenTable.Row(
                  "t" + HexFormat.of().formatHex(id),
                  name,
                  scopes,
                  now,
                  lifetime == null ? null : now.plus(lifetime),
                  null,
                  accounts,
                  chats);
          tx.tokens().add(row, hash(secret));
          addition.accept(tx, row.id());
          return token(tx, row);
        });
    return new NewToken(token, secret);
  }

  public List<Token> list() {
    return database.read(
        Grant.HUB, tx -> tx.tokens().list().stream().map(row -> token(tx, row)).toList());
  }

  /** What is known of a token by its secret; empty for an unknown, revoked or expired one. */
  public Optional<Token> find(String secret) {
    var hash = hash(secret);
    if (isExtra(hash)) {
      return Optional.of(new Token(EXTRA, EXTRA, ALL, opened, null, null, null, null, null));
    }
    var now = clock.instant();
    return database
        .read(Grant.HUB, tx -> tx.tokens().find(hash).map(row -> token(tx, row)))
        .filter(token -> token.expiresAt() == null || token.expiresAt().isAfter(now));
  }

  /**
   * Ends a token.
   *
   * @param idOrName what {@link #list} shows; a name that two tokens bear is refused
   */
  public Token revoke(String idOrName) {
    var token =
        database.write(tx -> {
          var all = tx.tokens().list();
          var matching =
              all.stream()
                  .filter(row -> row.id().equals(idOrName) || row.name().equals(idOrName))
                  .toList();
          if (matching.isEmpty()) {
            throw HubException.notFound("Token");
          }
          if (matching.size() > 1) {
            throw HubException.invalid(
                "Several tokens bear this name; name one by its id: "
                    + String.join(", ", matching.stream().map(TokenTable.Row::id).toList()));
          }
          var ending = token(tx, matching.getFirst());
          tx.tokens().delete(ending.id());
          return ending;
        });
    ended(token.id());
    return token;
  }

  /**
   * Ends a token by its secret; an unknown one has ended already.
   *
   * @throws HubException with the code {@code unsupported_token_type} for the one that the
   *     environment gives
   */
  public void revokeSecret(String secret) {
    var hash = hash(secret);
    if (isExtra(hash)) {
      throw new HubException(
          HubException.Reason.UNPROCESSABLE,
          "unsupported_token_type",
          "This token comes from the server's environment and ends with that",
          List.of());
    }
    end(tx -> tx.tokens().find(hash).map(TokenTable.Row::id));
  }

  /** Ends the token that a code was exchanged for, as somebody else has that code too. */
  public void revokeGivenFor(byte[] code) {
    end(tx -> tx.consents().tokenOf(code));
  }

  private void end(Function<Tx, Optional<String>> which) {
    database
        .read(Grant.HUB, which)
        .ifPresent(id -> {
          database.write(tx -> {
            tx.tokens().delete(id);
            return true;
          });
          ended(id);
        });
  }

  private void ended(String id) {
    forgetKnown();
    revocationListeners.forEach(listener -> listener.accept(id));
  }

  /**
   * Has {@code listener} told the id of each token that is revoked from now on, which is the {@link
   * Grant#subject} of what goes on with it. It is called by the thread that revokes, after the
   * token has lost its effect; it must be brief and not throw. A token that expires is not told of.
   */
  public void onRevoke(Consumer<String> listener) {
    revocationListeners.add(listener);
  }

  /** Tokens have changed: what is known of them is asked of the store again. */
  void forgetKnown() {
    revocations.incrementAndGet();
    known.clear();
  }

  /**
   * Empty for an unknown, revoked or expired one. Takes equally long for all, as it is the hashes
   * that are compared.
   */
  public Optional<Grant> authenticate(String secret) {
    var hash = hash(secret);
    if (isExtra(hash)) {
      return Optional.of(new Grant(EXTRA, ALL, null, null));
    }
    var key = ByteBuffer.wrap(hash);
    var now = clock.instant();
    var token = known.get(key);
    if (token == null || token.noted().plus(USE_NOTED_EVERY).isBefore(now)) {
      int before = revocations.get();
      token = load(hash, now);
      if (token == null) {
        known.remove(key);
        return Optional.empty();
      }
      known.put(key, token);
      if (revocations.get() != before) {
        known.remove(key);
      }
    }
    var expires = token.expires();
    return expires != null && !expires.isAfter(now) ? Optional.empty() : Optional.of(token.grant());
  }

  private @Nullable Known load(byte[] hash, Instant now) {
    var row = database.read(Grant.HUB, tx -> tx.tokens().find(hash)).orElse(null);
    if (row == null) {
      return null;
    }
    database.writeLater(tx -> tx.tokens().used(row.id(), now));
    return new Known(row.grant(), row.expires(), now);
  }

  private boolean isExtra(byte[] hash) {
    return extraHash != null && MessageDigest.isEqual(hash, extraHash);
  }

  private static Token token(Tx tx, TokenTable.Row row) {
    return new Token(
        row.id(),
        row.name(),
        row.scopes(),
        row.created(),
        row.expires(),
        row.lastUsed(),
        TokenLimits.words(row.accounts()),
        TokenLimits.names(tx, row.chats()),
        tx.consents().find(row.id()).orElse(null));
  }

  private static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
