package dev.belfry.model;

import java.time.Instant;
import java.util.Map;

/**
 * Who has read a message of ours, and when.
 *
 * @param by those whose receipt lies at or after it
 */
public record Seen(Map<UserId, Instant> by) {}
