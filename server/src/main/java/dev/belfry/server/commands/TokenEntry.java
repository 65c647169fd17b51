package dev.belfry.server.commands;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as the command line shows it; never its secret.
 *
 * @param scopes such as {@code read}
 * @param expiresAt null for never
 * @param lastUsedAt null for not yet
 * @param accounts ids of those it is limited to; null for all
 * @param chats canonical ids of those it is limited to; null for all
 * @param client the id of the program that got it by consent; null for a token made by hand
 */
@Json
public record TokenEntry(
    String id,
    String name,
    List<String> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable List<String> accounts,
    @Nullable List<String> chats,
    @Nullable String client) {}
