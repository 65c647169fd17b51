package dev.belfry.http;

import dev.belfry.core.Reminders;
import dev.belfry.http.read.Body;
import dev.belfry.model.Reminder;
import java.time.Instant;
import java.util.List;

/**
 * Reminders of chats (contract, Chats), with the older forms of the body (contract, Compatibility
 * generations).
 */
final class ReminderRoutes {
  private static final String PATH = "/v1/chats/{chatID}/reminders";

  private final Reminders reminders;

  ReminderRoutes(Reminders reminders) {
    this.reminders = reminders;
  }

  List<Route> routes() {
    return List.of(
        Route.writing("POST", PATH, this::set), Route.writing("DELETE", PATH, this::clear));
  }

  private Answer set(Call call) {
    Reminder reminder = call.read(in -> reminder(in.body()));
    reminders.set(call.grant(), call.path("chatID"), reminder);
    return Answer.NOTHING;
  }

  private static Reminder reminder(Body body) {
    boolean flat = !body.has("reminder") && body.has("remindAtMs");
    Body from = flat ? body : body.object("reminder");
    if (from == null) {
      body.missing("reminder");
      return new Reminder(Instant.EPOCH, false);
    }
    boolean newer = !flat && from.has("remindAt");
    Instant at = newer ? from.time("remindAt") : from.unixMillis("remindAtMs");
    if (!newer && !from.has("remindAtMs")) {
      from.missing("remindAt");
    }
    return new Reminder(
        at == null ? Instant.EPOCH : at, from.bool("dismissOnIncomingMessage", false));
  }

  private Answer clear(Call call) {
    reminders.clear(call.grant(), call.path("chatID"));
    return Answer.NOTHING;
  }
}
