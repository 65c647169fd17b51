package dev.belfry.sdk;

import dev.belfry.api.EventPage;
import dev.belfry.sdk.BelfryException.ConnectionFault;
import dev.belfry.sdk.BelfryException.RateLimited;
import dev.belfry.sdk.BelfryException.ServerFault;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in the server's event log that moves on. For one thread at a time.
 *
 * <pre>{@code
 * EventReader reader = kept == null ? client.events().fromNow() : client.events().after(kept);
 * while (true) {
 *   EventPage page = reader.next();
 *   if (page.isReset()) readEverythingAnew();
 *   page.items().forEach(this::handle);
 *   keep(page.newestCursor());
 * }
 * }</pre>
 *
 * <p>It asks and waits for the answer (long polling), as that comes through every proxy, needs no
 * thread of its own, and a lost answer is simply asked for again.
 */
public final class EventReader {
  private static final int LONGEST_WAIT = 25;
  private static final int LIMIT = 200;

  /** The end of the log, wherever that is when it is asked for. */
  static final String NOW = "now";

  private final Http http;
  private @Nullable String cursor;

  EventReader(Http http, @Nullable String cursor) {
    this.http = http;
    this.cursor = cursor;
  }

  /**
   * Waits for the next events, for as long as it takes: over restarts of the server and faults of
   * the line too. The page holds events, or says that some may have been missed ({@link
   * EventPage#isReset}); the next call goes on behind it.
   *
   * @throws BelfryException.Unauthorized if the token is no longer good
   * @throws BelfryException if the server refuses for a reason that does not pass, or the thread
   *     was interrupted
   */
  public EventPage next() {
    for (int faults = 0; ; ) {
      EventPage page;
      try {
        page = ask();
      } catch (ConnectionFault | ServerFault | RateLimited e) {
        if (Thread.currentThread().isInterrupted()) throw e;
        http.rest(Retry.backoff(faults++));
        continue;
      }
      faults = 0;
      cursor = page.newestCursor();
      if (!page.items().isEmpty() || page.isReset()) return page;
    }
  }

  /** Where to go on later: behind the last page; empty for the beginning of the log. */
  public Optional<String> cursor() {
    return Optional.ofNullable(cursor);
  }

  private EventPage ask() {
    Duration half = http.timeout().dividedBy(2);
    // Where "now" is must be had at once: were it lost with a long wait, it would be another now.
    long wait = NOW.equals(cursor) ? 0 : Math.min(half.toSeconds(), LONGEST_WAIT);
    return http.get("v1", "events")
        .query("after", cursor)
        .query("limit", LIMIT)
        .query("wait", wait)
        .as(EventPage.class);
  }
}
