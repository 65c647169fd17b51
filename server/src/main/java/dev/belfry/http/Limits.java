package dev.belfry.http;

import java.time.Duration;

/**
 * What one client may take of the server.
 *
 * @param headerBytes of a request's first line and headers together
 * @param bodyBytes of a JSON body
 * @param connections at once; more wait in the system's backlog
 * @param idle how long a connection may say nothing
 * @param grace how long requests under way may take to end when the server closes
 */
public record Limits(
    int headerBytes, int bodyBytes, int connections, Duration idle, Duration grace) {
  public static final Limits DEFAULT =
      new Limits(16 << 10, 1 << 20, 4096, Duration.ofSeconds(60), Duration.ofSeconds(3));
}
