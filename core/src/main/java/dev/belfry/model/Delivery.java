package dev.belfry.model;

import java.time.Instant;
import java.util.List;

/** Where a message of ours stands between the hub and its network. */
public sealed interface Delivery {
  /** When it came to stand so. */
  Instant since();

  /** It waits in the outbox, or was handed over and waits for the network's word. */
  record Queued(Instant since) implements Delivery {}

  /** The network has taken it. */
  record Sent(Instant since) implements Delivery {}

  /**
   * It has reached people.
   *
   * @param to whom
   */
  record Delivered(Instant since, List<UserId> to) implements Delivery {}

  /**
   * The network refused it, or the hub gave up.
   *
   * @param reason a machine's word, such as {@code forbidden}
   * @param message for people: what went wrong and what to do
   * @param retryable whether sending it again may help
   */
  record Failed(Instant since, String reason, String message, boolean retryable)
      implements Delivery {}
}
