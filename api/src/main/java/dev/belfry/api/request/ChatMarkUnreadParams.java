package dev.belfry.api.request;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Body that marks a chat as unread.
 *
 * @param messageID unread from here on; absent: only the flag
 */
@Json
public record ChatMarkUnreadParams(@Nullable String messageID) {}
