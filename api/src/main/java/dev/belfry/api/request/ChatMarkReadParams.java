package dev.belfry.api.request;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Body that marks a chat as read.
 *
 * @param messageID read up to here, inclusive; absent: everything
 */
@Json
public record ChatMarkReadParams(@Nullable String messageID) {}
