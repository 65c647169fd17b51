package dev.belfry.server.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long something is good.
 *
 * @param lifetime null for ever
 */
record Expiry(@Nullable Duration lifetime) {}
