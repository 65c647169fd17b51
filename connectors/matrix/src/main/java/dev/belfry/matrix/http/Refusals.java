package dev.belfry.matrix.http;

import dev.belfry.network.Outcome;
import java.time.Duration;
import java.util.Locale;

/** What a homeserver's error means for an action. */
public final class Refusals {
  private static final Duration FAULT_WAIT = Duration.ofSeconds(10);
  private static final Duration LOGGED_OUT_WAIT = Duration.ofMinutes(1);

  private Refusals() {}

  public static Outcome of(Answer answer) {
    if (answer.isRateLimited()) {
      return new Outcome.RetryLater(answer.retryAfter(), "The homeserver asks to wait.");
    }
    if (answer.isPassing()) {
      return new Outcome.RetryLater(
          FAULT_WAIT, "The homeserver has a fault: " + answer.message() + ".");
    }
    if (answer.status() == 401) {
      // The sync hears the same and ends the login; a message waits until there is one again.
      return new Outcome.RetryLater(LOGGED_OUT_WAIT, "The login is no longer valid.");
    }
    String code = answer.code().toLowerCase(Locale.ROOT).replaceFirst("^m_", "");
    return switch (answer.status()) {
      case 403 ->
          new Outcome.Rejected(
              "forbidden", "You are not allowed to do this here: " + answer.message(), false);
      case 404 ->
          new Outcome.Rejected(
              "not_found", "The room or message is not there: " + answer.message(), false);
      case 413 ->
          new Outcome.Rejected("too_large", "The message is too long; send it in parts.", false);
      default ->
          new Outcome.Rejected(
              code.isEmpty() ? "refused" : code,
              "The homeserver refused this: " + answer.message(),
              false);
    };
  }
}
