package dev.belfry.matrix.message;

import dev.belfry.matrix.json.Json;
import org.jspecify.annotations.Nullable;

/** Opens encrypted events, and remembers those for which the key is not there yet. */
public interface Decrypter {
  /**
   * Opens an event.
   *
   * @param event an {@code m.room.encrypted} timeline event
   */
  Opened open(String roomId, Json event) throws InterruptedException;

  /**
   * How it ended.
   *
   * @param type of the event within; null if it could not be opened
   * @param content of the event within
   * @param failure why not, for people; null if it was opened
   * @param verified whether it surely comes from its sender
   */
  record Opened(@Nullable String type, Json content, @Nullable String failure, boolean verified) {}
}
