package dev.belfry.sandbox.world;

import dev.belfry.network.NetworkEvent;
import java.util.List;

/**
 * What had happened in a chat by the first start.
 *
 * @param events the timeline, oldest first; the place in the list is the number in the event's key
 * @param read so many of them are read by the owner
 * @param state how the newest of the owner's messages fared and who has read them
 */
public record Story(List<NetworkEvent.Timeline> events, int read, List<NetworkEvent> state) {}
