package dev.belfry.model;

import java.time.Instant;

/**
 * A chat put aside for a while.
 *
 * @param snoozeUntil its end
 * @param userSnoozedAt when it was set
 */
public record Snooze(Instant snoozeUntil, Instant userSnoozedAt) {}
