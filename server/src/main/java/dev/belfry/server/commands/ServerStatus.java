package dev.belfry.server.commands;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * A server that runs.
 *
 * @param addresses where it answers, such as {@code http://127.0.0.1:23373}
 */
@Json
public record ServerStatus(long pid, String version, List<String> addresses, Instant startedAt) {}
