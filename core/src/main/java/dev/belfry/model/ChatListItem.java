package dev.belfry.model;

import org.jspecify.annotations.Nullable;

/**
 * A chat with its newest message.
 *
 * @param preview null in a chat without messages
 */
public record ChatListItem(Chat chat, @Nullable Message preview) {}
