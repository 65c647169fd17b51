package dev.belfry.sandbox;

import dev.belfry.model.AccountId;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.PrivateFiles;
import dev.belfry.sandbox.journal.Journal;
import dev.belfry.sandbox.media.MediaFolder;
import dev.belfry.sandbox.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The other end of one account's link: what a network's servers would be. What has happened is in
 * the {@link Ledger} and is brought to the hub in that order; here is the link, and what can go
 * wrong with it.
 */
final class SimulatedNetwork {
  private static final int BATCH = 200;
  private static final String LOGGED_OUT =
      "The sandbox network has ended this login. Log in again to go on.";

  /**
   * What a client hands to the hub next.
   *
   * @param again what it hands over once more after that
   * @param position how much of the journal the hub has then
   */
  record Batch(List<NetworkEvent> events, List<NetworkEvent> again, int position) {}

  private final Path folder;
  private final InstantSource clock;
  private final World world;
  private final Ledger ledger;
  private final SandboxFiles files;
  private final Faults faults = new Faults();
  private final List<NetworkEvent> passing = new ArrayList<>();
  private Connection connection = new Connection();
  private boolean down;
  private Instant downUntil = Instant.MIN;
  private int duplicateFrom = Integer.MAX_VALUE;

  /**
   * @param folder the account's; exists
   */
  SimulatedNetwork(AccountId account, Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    Journal journal = new Journal(Identity.journal(folder), clock.instant());
    this.world = new World(account, journal.start(), media(folder));
    this.ledger = new Ledger(world, journal, clock);
    this.files = new SandboxFiles(account, media(folder));
  }

  static MediaFolder media(Path folder) {
    return new MediaFolder(folder.resolve("media"));
  }

  SandboxFiles files() {
    return files;
  }

  World world() {
    return world;
  }

  Faults faults() {
    return faults;
  }

  /** What has happened. */
  Ledger ledger() {
    return ledger;
  }

  Connection connect() throws IOException, LoggedOutException {
    ledger.lock().lock();
    try {
      if (Files.exists(Identity.loggedOut(folder))) {
        throw new LoggedOutException(LOGGED_OUT);
      }
      if (down || clock.instant().isBefore(downUntil)) {
        throw new IOException("the sandbox network is down");
      }
      connection.end(Connection.State.CUT, ledger.size());
      connection = new Connection();
      ledger.news().signalAll();
      return connection;
    } finally {
      ledger.lock().unlock();
    }
  }

  /** Waits for ledger.news(). Empty when the client has closed the link. */
  Optional<Batch> take(Connection link, int from)
      throws IOException, LoggedOutException, InterruptedException {
    ledger.lock().lockInterruptibly();
    try {
      while (true) {
        int end = Math.min(link.end(), ledger.size());
        if (link.state() == Connection.State.CLOSED) {
          return Optional.empty();
        }
        if (from < end || (!passing.isEmpty() && link.state() == Connection.State.UP)) {
          return Optional.of(batch(from, Math.min(end, from + BATCH)));
        }
        if (link.state() == Connection.State.LOGGED_OUT) {
          throw new LoggedOutException(LOGGED_OUT);
        }
        if (link.state() == Connection.State.CUT) {
          throw new IOException("the link to the sandbox network broke");
        }
        ledger.news().await();
      }
    } finally {
      ledger.lock().unlock();
    }
  }

  private Batch batch(int from, int to) {
    List<NetworkEvent> events = new ArrayList<>();
    List<NetworkEvent> again = new ArrayList<>();
    for (int i = from; i < to; i++) {
      NetworkEvent event = ledger.event(i);
      events.add(event);
      if (i >= duplicateFrom && event instanceof NetworkEvent.Timeline) {
        again.add(event);
        duplicateFrom = Integer.MAX_VALUE;
      }
    }
    if (to == ledger.size()) {
      events.addAll(passing);
      passing.clear();
    }
    return new Batch(events, again, to);
  }

  boolean isUp(Connection link) {
    return ledger.still(() -> link.state() == Connection.State.UP);
  }

  /** How long a client had better wait before it tries again. */
  Duration wait(Duration least) {
    return ledger.still(() -> {
      Instant soonest = clock.instant().plus(least);
      return downUntil.isAfter(soonest) ? Duration.between(clock.instant(), downUntil) : least;
    });
  }

  void close(Connection link) {
    end(link, Connection.State.CLOSED);
  }

  private void end(Connection link, Connection.State how) {
    ledger.lock().lock();
    try {
      link.end(how, ledger.size());
      ledger.news().signalAll();
    } finally {
      ledger.lock().unlock();
    }
  }

  /** Breaks the link, after what has happened so far has come through. */
  void drop(Duration time) {
    ledger.lock().lock();
    try {
      downUntil = clock.instant().plus(time);
      end(connection, Connection.State.CUT);
    } finally {
      ledger.lock().unlock();
    }
  }

  void down() {
    ledger.lock().lock();
    try {
      down = true;
      end(connection, Connection.State.CUT);
    } finally {
      ledger.lock().unlock();
    }
  }

  void up() {
    ledger.lock().lock();
    try {
      down = false;
      downUntil = Instant.MIN;
    } finally {
      ledger.lock().unlock();
    }
  }

  /** Delivers the next event of a timeline twice. */
  void duplicateNext() {
    ledger.lock().lock();
    try {
      duplicateFrom = ledger.size();
    } finally {
      ledger.lock().unlock();
    }
  }

  /**
   * Hands something to the client that is connected, or else to the next one, and keeps no record
   * of it.
   */
  void pass(List<NetworkEvent> events) {
    ledger.lock().lock();
    try {
      passing.addAll(events);
      ledger.news().signalAll();
    } finally {
      ledger.lock().unlock();
    }
  }

  /** Ends the login, for good. */
  void logOut() {
    ledger.lock().lock();
    try {
      Files.writeString(PrivateFiles.file(Identity.loggedOut(folder)), "");
      end(connection, Connection.State.LOGGED_OUT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ledger.lock().unlock();
    }
  }
}
