package dev.belfry.http.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts calls: those with a token by the token, those with a bad one by where they come from. Who
 * has a good token is never held up by what others do at the same address. Safe for use by any
 * thread.
 */
public final class RateLimits {
  /** Who has been quiet for long is forgotten from here on. */
  private static final int MANY = 10_000;

  private static final long SECOND = 1_000_000_000;

  /** The value of a {@code Retry-After} header for who comes so much too early: whole seconds. */
  public static String retryAfter(long nanos) {
    return Long.toString(Math.max(1, Math.ceilDiv(nanos, SECOND)));
  }

  private final LongSupplier nanos;
  private final Line requests;
  private final Line failures;

  /**
   * Begins with nobody counted.
   *
   * @param nanos a clock that only its differences count of
   */
  public RateLimits(Rates rates, LongSupplier nanos) {
    this.nanos = nanos;
    requests = new Line(rates.requests(), rates.burst());
    failures = new Line(rates.failures(), rates.failureBurst());
  }

  /** Counts a call; how many nanoseconds too early it comes, 0 where it may go on. */
  public long request(String token) {
    return requests.take(token, nanos.getAsLong());
  }

  /** Likewise one with a bad token. */
  public long failure(String address) {
    return failures.take(network(address), nanos.getAsLong());
  }

  /** Who has one IPv6 address has 2^64 of them. */
  private static String network(String address) {
    int groups = 0;
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == ':' && ++groups == 4) {
        return address.substring(0, i);
      }
    }
    return address;
  }

  /**
   * For each caller the moment when all its calls are paid for: each moves it on by the time that
   * one costs, and it may lie ahead of now by as much as a burst costs.
   */
  private static final class Line {
    private final Map<String, AtomicLong> paid = new ConcurrentHashMap<>();
    private final long cost;
    private final long ahead;

    Line(int aSecond, int burst) {
      cost = aSecond == 0 ? 0 : SECOND / aSecond;
      ahead = cost * burst;
    }

    long take(String caller, long now) {
      if (cost == 0) {
        return 0;
      }
      if (paid.size() > MANY) {
        paid.values().removeIf(moment -> moment.get() - now <= 0);
      }
      var moment = paid.computeIfAbsent(caller, _ -> new AtomicLong(now));
      while (true) {
        long before = moment.get();
        long after = (before - now > 0 ? before : now) + cost;
        long early = after - now - ahead;
        if (early > 0) {
          return early;
        }
        if (moment.compareAndSet(before, after)) {
          return 0;
        }
      }
    }
  }
}
