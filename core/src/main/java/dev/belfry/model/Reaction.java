package dev.belfry.model;

import org.jspecify.annotations.Nullable;

/**
 * One person's reaction to a message.
 *
 * @param key an emoji, or the network's key or shortcode
 * @param emoji whether the key is an emoji
 * @param imgURL the picture of a custom reaction
 */
public record Reaction(UserId participant, String key, boolean emoji, @Nullable String imgURL) {}
