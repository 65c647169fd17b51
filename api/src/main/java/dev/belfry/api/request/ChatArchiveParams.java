package dev.belfry.api.request;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Body that archives a chat.
 *
 * @param archived true if absent
 */
@Json
public record ChatArchiveParams(@Nullable Boolean archived) {}
