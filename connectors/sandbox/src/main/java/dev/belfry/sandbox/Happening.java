package dev.belfry.sandbox;

import dev.belfry.network.NetworkEvent;
import java.time.Instant;
import java.util.List;

/** Something that is about to happen on the network, all at once. */
@FunctionalInterface
interface Happening {
  /**
   * Gives keys to the timeline events of this happening, in the order in which they will stand
   * there.
   */
  interface Keys {
    String next(String chatKey);
  }

  /** What happens; called under the network's lock. */
  List<NetworkEvent> events(Keys keys, Instant now);
}
