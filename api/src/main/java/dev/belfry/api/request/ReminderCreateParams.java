package dev.belfry.api.request;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Body that sets a reminder.
 *
 * @param reminder the reminder
 */
@Json
public record ReminderCreateParams(Wanted reminder) {
  /** Checks what is required and copies what could change. */
  public ReminderCreateParams {
    Check.required(reminder, "reminder");
  }

  /**
   * When to remind.
   *
   * @param remindAt when it fires
   * @param dismissOnIncomingMessage it goes away when somebody writes
   */
  @Json
  public record Wanted(Instant remindAt, @Nullable Boolean dismissOnIncomingMessage) {
    /** Checks what is required and copies what could change. */
    public Wanted {
      Check.required(remindAt, "remindAt");
    }
  }
}
