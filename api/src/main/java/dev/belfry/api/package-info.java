/**
 * The records of the HTTP API (contract: models), shared by server and client; {@link
 * dev.belfry.api.codec.Codec} reads and writes them.
 *
 * <p>A component that is {@code @Nullable} is a key that may be absent; where absent and null
 * differ it is a {@link dev.belfry.api.Field}. Times are {@link java.time.Instant}, on the wire ISO
 * 8601 in UTC. A word that a newer server may add to is a record with constants, so that one not
 * known here is kept.
 */
@NullMarked
package dev.belfry.api;

import org.jspecify.annotations.NullMarked;
