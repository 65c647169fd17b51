package dev.belfry.server.commands;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that asks for access, as the command line shows it.
 *
 * @param code as the page in the browser shows it
 * @param client what the program calls itself; its id where it never registered
 * @param registered whether it did
 * @param redirectUri where the answer goes; null where the program itself waits for it
 * @param scopes such as {@code read}
 */
@Json
public record ApprovalEntry(
    String code,
    String client,
    boolean registered,
    @Nullable String redirectUri,
    List<String> scopes,
    Instant askedAt) {}
