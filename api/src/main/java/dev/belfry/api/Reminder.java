package dev.belfry.api;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reminder set on a chat (contract: models, Chat.Reminder).
 *
 * @param remindAt when it fires
 * @param dismissOnIncomingMessage it goes away when somebody writes
 */
@Json
public record Reminder(@Nullable Instant remindAt, @Nullable Boolean dismissOnIncomingMessage) {}
