package dev.belfry.api;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when a chat sleeps (contract: models, Chat.Snooze).
 *
 * @param snoozeUntil end of the sleep
 * @param userSnoozedAt when it was set
 */
@Json
public record Snooze(@Nullable Instant snoozeUntil, @Nullable Instant userSnoozedAt) {}
