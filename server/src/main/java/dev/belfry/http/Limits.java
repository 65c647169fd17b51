package dev.belfry.http;

import dev.belfry.http.guard.Patience;
import dev.belfry.http.guard.Rates;
import java.time.Duration;

/**
 * What one client may take of the server.
 *
 * @param headerBytes of a request's first line and headers together
 * @param bodyBytes of a JSON body
 * @param connections at once; more wait in the system's backlog
 * @param idle how long a connection may say nothing
 * @param grace how long requests under way may take to end when the server closes
 * @param patience how slow one may be
 * @param rates how often one may call
 */
public record Limits(
    int headerBytes,
    int bodyBytes,
    int connections,
    Duration idle,
    Duration grace,
    Patience patience,
    Rates rates) {
  public static final Limits DEFAULT =
      new Limits(16 << 10, 1 << 20, 4096, Duration.ofSeconds(60), Duration.ofSeconds(3));

  /** With the usual pace and rates. */
  public Limits(int headerBytes, int bodyBytes, int connections, Duration idle, Duration grace) {
    this(headerBytes, bodyBytes, connections, idle, grace, Patience.DEFAULT, Rates.DEFAULT);
  }

  /** With other numbers of connections and requests. */
  public Limits with(int connectionsAtOnce, Rates newRates) {
    return new Limits(headerBytes, bodyBytes, connectionsAtOnce, idle, grace, patience, newRates);
  }
}
