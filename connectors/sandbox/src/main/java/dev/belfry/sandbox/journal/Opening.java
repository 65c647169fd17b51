package dev.belfry.sandbox.journal;

import dev.belfry.model.ChatType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat that the owner opened.
 *
 * @param key the chat's
 * @param title of a group; null for none
 * @param members handles, without the owner
 */
public record Opening(
    String key, ChatType type, @Nullable String title, List<String> members, Instant at) {}
