package dev.belfry.matrix;

import dev.belfry.network.LoggedOutException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A logged-in Matrix device: its sync, its keys, its encryption. This is all that the Java side
 * sees of the library beneath. Everything blocks and is made for virtual threads; JSON travels as
 * text.
 */
public interface MatrixLink extends AutoCloseable {
  /** The full Matrix user id. */
  String userId();

  String deviceId();

  /** Where the homeserver answers, without a path. */
  URI homeserver();

  /** For requests of the client-server API that need no encryption. */
  String accessToken();

  /**
   * Syncs until the link ends.
   *
   * @throws IOException when the homeserver cannot be reached or fails
   * @throws LoggedOutException when it no longer knows the access token
   */
  void sync(SyncListener listener) throws IOException, LoggedOutException, InterruptedException;

  /** What {@link #sync} tells. Called on the syncing thread. */
  interface SyncListener {
    /**
     * An answer of {@code /sync} as it came. Called after the room keys in it are stored and before
     * the position moves on: if this throws, the same answer comes again.
     *
     * @param json one object, perhaps hundreds of megabytes at the first sync. The state of a room
     *     is that before its timeline; members come as they speak
     * @param initial whether this is the first one of the device
     */
    void synced(String json, boolean initial) throws InterruptedException;

    /**
     * The key of a session has come, or one that reaches further back: what could not be decrypted
     * may be tried again. Told once, and not again after a crash: then everything that is pending
     * is worth a try.
     */
    void keysArrived(String roomId, String sessionId);
  }

  /**
   * Decrypts an {@code m.room.encrypted} timeline event.
   *
   * @param event the whole event as JSON, with its room_id
   * @param wait for how long to wait for its key
   */
  Decryption decrypt(String event, Duration wait) throws InterruptedException;

  /**
   * How a decryption ended.
   *
   * @param type of the decrypted event; null if it could not be decrypted
   * @param content its content as JSON; null likewise
   * @param failure why not, as a machine's word; null if it was. {@code no_key} may still come. All
   *     others are for good: {@code malformed}, {@code unknown_algorithm}, {@code replayed}
   *     (another event has brought this ciphertext before), {@code undecryptable}; or not the
   *     event's fault: {@code fault}
   * @param verified whether the event is bound to a device of its claimed sender; if false it must
   *     not be shown as theirs without a word. Bridges that encrypt do so with their own device for
   *     all whom they speak for, so their messages are never bound
   */
  record Decryption(
      @Nullable String type,
      @Nullable String content,
      @Nullable String failure,
      boolean verified) {}

  /**
   * Encrypts for everybody who is in a room now, sharing keys as needed.
   *
   * @return the content of an {@code m.room.encrypted} event as JSON
   * @throws EncryptionFault when it cannot be done, with the reason for people
   */
  String encrypt(String roomId, String type, String content)
      throws IOException, EncryptionFault, InterruptedException;

  /** A message that cannot be encrypted for its room; it must not be sent in clear. */
  final class EncryptionFault extends Exception {
    private static final long serialVersionUID = 1;

    public EncryptionFault(String message) {
      super(message);
    }
  }

  /** Ends the sync and closes the device's store. May be called twice. */
  @Override
  void close();
}
