package dev.belfry.core.access;

import dev.belfry.core.Tokens;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The requests of clients for access, until a person has decided on them. To approve takes a proof
 * that the person is at the installation: the command line, which who may use the data folder may
 * use, or a token made by hand. They are kept in memory and there is a limit to them, as anybody
 * who reaches the server may ask. Safe for use by any thread.
 */
public final class Consents {
  private static final int MOST = 64;
  private static final int ASKED_AT_ONCE = 60;
  private static final Duration ASKED_EACH = Duration.ofSeconds(1);
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  /** Pages look all few seconds; a page that nobody has open any more makes room. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private static final int WRONG_AT_ONCE = 10;
  private static final Duration WRONG_EACH = Duration.ofSeconds(20);

  /** How many wrong tokens end a request; against slips, as no token can be guessed. */
  private static final int MOST_WRONG = 10;

  private final Tokens tokens;
  private final Clients clients;
  private final Codes codes;
  private final InstantSource clock;
  private final Allowance questions = new Allowance(ASKED_AT_ONCE, ASKED_EACH);
  private final Allowance wrongCodes = new Allowance(WRONG_AT_ONCE, WRONG_EACH);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition decided = lock.newCondition();

  /** By id. */
  private final Map<String, Entry> entries = new HashMap<>();

  private static final class Entry {
    final PendingRequest asked;
    Decision decision = new Decision.Waiting();
    Instant expires;
    Instant seen;
    int waiting;
    int wrongTokens;
    @Nullable SignIn signIn;
    Tokens.@Nullable Token shown;

    Entry(PendingRequest asked) {
      this.asked = asked;
      seen = asked.askedAt();
      expires = asked.askedAt().plus(LIFETIME);
    }

    PendingRequest now(Codes codes) {
      var current =
          decision instanceof Decision.Approved approved && !codes.isUntouched(approved.code())
              ? new Decision.Finished()
              : decision;
      return new PendingRequest(
          asked.id(), asked.code(), asked.formKey(), asked.request(), asked.askedAt(), current);
    }
  }

  /**
   * A browser that has shown a token at the page of a request; good for that request alone.
   *
   * @param cookie what the browser shows again
   * @param formKey what the form for approving carries
   */
  public record SignIn(String cookie, String formKey) {}

  public Consents(Tokens tokens, Clients clients, Codes codes, InstantSource clock) {
    this.tokens = tokens;
    this.clients = clients;
    this.codes = codes;
    this.clock = clock;
    tokens.onRevoke(this::signOut);
  }

  private void signOut(String token) {
    lock.lock();
    try {
      for (var entry : entries.values()) {
        if (entry.shown != null && entry.shown.id().equals(token)) {
          entry.signIn = null;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A client asks.
   *
   * @throws HubException with the code {@code temporarily_unavailable} when too many do
   */
  public PendingRequest ask(AccessRequest request) {
    var asked = admit(request);
    if (request.clientName() != null) {
      clients.used(request.clientId()); // after the allowance, as it takes a commit
    }
    return asked;
  }

  private PendingRequest admit(AccessRequest request) {
    lock.lock();
    try {
      var now = forgetOld();
      if (!questions.take(now) || (entries.size() >= MOST && !dropSilent(now))) {
        throw Clients.refusal(
            "temporarily_unavailable", "Too many programs ask for access; try again in a while");
      }
      var asked =
          new PendingRequest(
              Secrets.next(), newCode(), Secrets.next(), request, now, new Decision.Waiting());
      entries.put(asked.id(), new Entry(asked));
      return asked;
    } finally {
      lock.unlock();
    }
  }

  private String newCode() {
    while (true) {
      var code = Secrets.nextForPeople();
      if (entries.values().stream().noneMatch(entry -> entry.asked.code().equals(code))) {
        return code;
      }
    }
  }

  private Instant forgetOld() {
    var now = clock.instant();
    if (entries.values().removeIf(entry -> !entry.expires.isAfter(now))) {
      decided.signalAll();
    }
    return now;
  }

  private boolean dropSilent(Instant now) {
    return entries.values().stream()
        .filter(entry -> entry.waiting == 0 && entry.seen.plus(SILENCE).isBefore(now))
        .min(Comparator.comparing(entry -> entry.seen))
        .map(entry -> entries.remove(entry.asked.id()) != null)
        .orElse(false);
  }

  /** Empty for one that is unknown, or was left undecided for too long. */
  public Optional<PendingRequest> find(String id) {
    lock.lock();
    try {
      return entry(id).map(entry -> entry.now(codes));
    } finally {
      lock.unlock();
    }
  }

  private Optional<Entry> entry(String id) {
    var now = forgetOld();
    var entry = Optional.ofNullable(entries.get(id));
    entry.ifPresent(found -> found.seen = now);
    return entry;
  }

  /** Those that are to be decided on, the oldest first. */
  public List<PendingRequest> waiting() {
    lock.lock();
    try {
      forgetOld();
      return entries.values().stream()
          .filter(entry -> entry.decision instanceof Decision.Waiting)
          .map(entry -> entry.now(codes))
          .sorted(Comparator.comparing(PendingRequest::askedAt))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The person at the command line decides.
   *
   * @param code as the page shows it; case and dashes do not matter
   * @param lifetime how long what is approved is good; null for the usual
   * @throws HubException if there is no such request, or wrong codes come too fast
   */
  public PendingRequest decide(String code, boolean approve, @Nullable Duration lifetime) {
    var typed = code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
    lock.lock();
    try {
      var now = forgetOld();
      if (!wrongCodes.isLeft(now)) {
        throw HubException.unprocessable(
            "too_many_tries", "Too many wrong codes; try again in a minute");
      }
      var entry =
          entries.values().stream()
              .filter(each -> each.decision instanceof Decision.Waiting)
              .filter(each -> Secrets.same(each.asked.code().replace("-", ""), typed))
              .findFirst()
              .orElse(null);
      if (entry == null) {
        wrongCodes.take(now);
        throw new HubException(
            HubException.Reason.NOT_FOUND,
            "A request with this code was not found: it was decided on, ten minutes are over, or the server was started again since. Start again from the program");
      }
      return decide(entry, approve, lifetime, null);
    } finally {
      lock.unlock();
    }
  }

  private PendingRequest decide(
      Entry entry, boolean approve, @Nullable Duration lifetime, @Nullable Instant notAfter) {
    entry.decision =
        approve
            ? new Decision.Approved(codes.issue(entry.asked.request(), lifetime, notAfter))
            : new Decision.Declined();
    entry.expires = clock.instant().plus(Codes.LIFETIME);
    decided.signalAll();
    return entry.now(codes);
  }

  /**
   * A browser shows a token at the page of a request.
   *
   * @param formKey of the page
   * @return what the browser may then approve with
   * @throws HubException if the token is none that may approve this; with the code {@code
   *     unknown_token} where it is none at all, {@code too_many_tries} where that has ended the
   *     request
   */
  public SignIn signIn(String id, String formKey, String secret) {
    lock.lock();
    try {
      var entry = waiting(id, formKey);
      var token = tokens.find(secret).orElse(null);
      if (token == null) {
        throw wrongToken(entry);
      }
      var grant = tokens.authenticate(secret).orElse(null);
      if (grant == null || token.consent() != null || !grant.isUnlimited()) {
        throw new HubException(
            HubException.Reason.FORBIDDEN,
            "This token cannot approve others: it takes one made by `belfry token create`, without"
                + " limits");
      }
      for (Grant.Scope scope : entry.asked.request().scopes()) {
        if (!grant.allows(scope)) {
          throw new HubException(
              HubException.Reason.FORBIDDEN, "This token cannot give more than it may itself");
        }
      }
      var signIn = new SignIn(Secrets.next(), Secrets.next());
      entry.signIn = signIn;
      entry.shown = token;
      return signIn;
    } finally {
      lock.unlock();
    }
  }

  /** Counts for this request alone: who shows wrong ones must not keep others from theirs. */
  private HubException wrongToken(Entry entry) {
    if (++entry.wrongTokens < MOST_WRONG) {
      return new HubException(
          HubException.Reason.FORBIDDEN,
          "unknown_token",
          "This token is unknown, expired or revoked",
          List.of());
    }
    var _ = decide(entry, false, null, null);
    return new HubException(
        HubException.Reason.FORBIDDEN,
        "too_many_tries",
        "Too many wrong tokens: this request is over. Start again from the program",
        List.of());
  }

  /** What a browser that shows this cookie may approve a request with; empty for nothing. */
  public Optional<SignIn> signedIn(String id, String cookie) {
    lock.lock();
    try {
      return entry(id)
          .map(entry -> entry.signIn)
          .filter(signIn -> Secrets.same(signIn.cookie(), cookie));
    } finally {
      lock.unlock();
    }
  }

  /**
   * The person at a browser that is signed in approves.
   *
   * @param formKey of the sign-in
   * @throws HubException if it is not signed in, or the request has been decided or forgotten
   */
  public void approve(String id, String cookie, String formKey) {
    lock.lock();
    try {
      var entry = waiting(id);
      var signIn = entry.signIn;
      var shown = entry.shown;
      if (signIn == null
          || shown == null
          || !Secrets.same(signIn.cookie(), cookie)
          || !Secrets.same(signIn.formKey(), formKey)) {
        throw new HubException(
            HubException.Reason.FORBIDDEN, "This browser has not shown a token for this request");
      }
      var _ = decide(entry, true, null, shown.expiresAt());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The person at a browser declines, which takes no proof.
   *
   * @param formKey of the page
   */
  public void decline(String id, String formKey) {
    lock.lock();
    try {
      var _ = decide(waiting(id, formKey), false, null, null);
    } finally {
      lock.unlock();
    }
  }

  private Entry waiting(String id) {
    return entry(id)
        .filter(entry -> entry.decision instanceof Decision.Waiting)
        .orElseThrow(() ->
            new HubException(
                HubException.Reason.NOT_FOUND, "The request is over, or was not found"));
  }

  private Entry waiting(String id, String formKey) {
    var entry = waiting(id);
    if (!Secrets.same(entry.asked.formKey(), formKey)) {
      throw new HubException(
          HubException.Reason.FORBIDDEN, "This form does not come from the page of the request");
    }
    return entry;
  }

  /** Waits for a person to decide, at most so long; then, or if nobody did, the request is over. */
  public Decision await(String id, Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var entry = entry(id).orElse(null);
      if (entry == null) {
        return new Decision.Declined();
      }
      entry.waiting++;
      try {
        long left = longest.toNanos();
        while (entry.decision instanceof Decision.Waiting && entries.containsKey(id) && left > 0) {
          left = decided.awaitNanos(left);
        }
        return entry.decision;
      } finally {
        entry.waiting--;
        entries.remove(id);
      }
    } finally {
      lock.unlock();
    }
  }
}
