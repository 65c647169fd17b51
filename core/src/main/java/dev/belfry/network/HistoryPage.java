package dev.belfry.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a chat's past.
 *
 * @param events oldest first; timeline events and what they need to be understood, such as {@link
 *     NetworkEvent.MembersChanged}
 * @param nextToken where the stretch before this one is to be had; null when this one begins with
 *     the chat's first event
 */
public record HistoryPage(List<NetworkEvent> events, @Nullable String nextToken) {}
