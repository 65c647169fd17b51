package dev.belfry.matrix;

import dev.belfry.network.LoggedOutException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Makes Matrix devices. */
public interface MatrixLinks {
  /**
   * Logs in with a password as a new device, or as the one that {@code folder} holds, and keeps the
   * keys there.
   *
   * @param homeserver a base URL as a person types it, or a server name; {@code .well-known}
   *     discovery is followed
   * @param user a local part or a full Matrix id
   * @throws IOException when the homeserver cannot be reached; the message says what to check
   * @throws RefusedException when it refuses
   */
  MatrixLink login(Path folder, URI homeserver, String user, String password)
      throws IOException, RefusedException, InterruptedException;

  /**
   * Opens the device that {@code folder} holds. Needs no network. One at a time: while another link
   * has the device open, this fails.
   *
   * @throws IOException when its keys cannot be read
   * @throws LoggedOutException when the folder holds none
   */
  MatrixLink open(Path folder) throws IOException, LoggedOutException, InterruptedException;

  /** The homeserver said no; the message is for the person. */
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
      super(message);
    }
  }
}
