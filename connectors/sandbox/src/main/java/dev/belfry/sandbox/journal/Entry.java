package dev.belfry.sandbox.journal;

import dev.belfry.network.NetworkEvent;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on the simulated network after its first start.
 *
 * @param cause the key of the owner's message that brought it about; null if none did
 * @param step which step of the answer to that message it belongs to, from 1; 0 without a cause
 * @param opening the chat that came to be with it; null for none
 */
public record Entry(
    NetworkEvent event, @Nullable String cause, int step, @Nullable Opening opening) {
  public Entry(NetworkEvent event, @Nullable String cause, int step) {
    this(event, cause, step, null);
  }

  /** The same, told in other words. */
  public Entry withEvent(NetworkEvent told) {
    return new Entry(told, cause, step, opening);
  }
}
