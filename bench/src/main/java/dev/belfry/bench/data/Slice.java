package dev.belfry.bench.data;

import dev.belfry.network.NetworkEvent;
import java.util.List;

/**
 * A batch that one account's network tells at once.
 *
 * @param account its number, from 0
 * @param messages how many of the events are messages
 */
record Slice(int account, List<NetworkEvent> events, int messages) {}
