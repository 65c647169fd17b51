package dev.belfry.network;

import java.time.Duration;

/** How an {@link Action} ended. */
public sealed interface Outcome {
  /**
   * The network has done it. A message waits a little longer for its echo, which tells its place in
   * the timeline.
   *
   * @param key the network's id of what came to be; empty when there is none
   */
  record Done(String key) implements Outcome {}

  /** Handed over; the network will confirm with an echo that bears our transaction. */
  record AwaitEcho() implements Outcome {}

  /**
   * Not now: the link is down, or the network asks to wait. The hub performs it again, with the
   * same transaction.
   *
   * @param reason for people
   */
  record RetryLater(Duration delay, String reason) implements Outcome {}

  /**
   * Refused.
   *
   * @param code a machine's word, such as {@code forbidden}
   * @param message for people: what was wrong and what to do
   * @param retryable whether sending it again later may help
   */
  record Rejected(String code, String message, boolean retryable) implements Outcome {}

  /** This network has no such thing. The change stands here and goes no further. */
  record Unsupported() implements Outcome {}
}
