package dev.belfry.core;

import dev.belfry.network.Connector;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * The whole of the hub on one data folder. The folder must be locked by the caller: there is one
 * owner at a time.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Hub implements AutoCloseable {
  /**
   * Opens the store, making or migrating it as needed. No network is touched before {@link #start}.
   *
   * @param folder the data folder, mode 0700
   * @throws dev.belfry.model.StoreFault when the file is corrupt, of a newer version or cannot be
   *     written: the message says what to do
   */
  public static Hub open(Path folder, List<Connector> connectors, InstantSource clock) {
    throw new UnsupportedOperationException();
  }

  /** Connects the accounts. */
  public void start() {
    throw new UnsupportedOperationException();
  }

  public Accounts accounts() {
    throw new UnsupportedOperationException();
  }

  public Chats chats() {
    throw new UnsupportedOperationException();
  }

  public Messages messages() {
    throw new UnsupportedOperationException();
  }

  public Tokens tokens() {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes a copy of everything, keys included, as one file of mode 0600, while the hub is running.
   */
  public void backup(Path file) {
    throw new UnsupportedOperationException();
  }

  /** Ends all work in good order: what was accepted is stored, what was queued stays queued. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
