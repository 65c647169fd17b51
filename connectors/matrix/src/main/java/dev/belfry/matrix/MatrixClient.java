package dev.belfry.matrix;

import dev.belfry.network.Action;
import dev.belfry.network.Directory;
import dev.belfry.network.Events;
import dev.belfry.network.HistoryPage;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.NetworkClient;
import dev.belfry.network.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One Matrix account's link. */
final class MatrixClient implements NetworkClient {
  private static final Duration CONNECTING = Duration.ofSeconds(30);
  private static final Duration LATER = Duration.ofSeconds(5);

  private final MatrixLinks links;
  private final Path folder;
  private final InstantSource clock;
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile @Nullable Session session;
  private volatile boolean closed;

  MatrixClient(MatrixLinks links, Path folder, InstantSource clock) {
    this.links = links;
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public void run(Events events) throws IOException, LoggedOutException, InterruptedException {
    try (MatrixLink link = links.open(folder)) {
      Identity.keep(folder, link);
      try (Session open = new Session(link, folder, events, clock)) {
        session = open;
        settled.countDown();
        if (!closed) {
          open.run();
        }
      }
    } finally {
      session = null;
      settled.countDown();
    }
  }

  @Override
  public Outcome perform(Action action) throws InterruptedException {
    Session open = session();
    return open == null
        ? new Outcome.RetryLater(LATER, "The homeserver is not connected.")
        : open.perform(action);
  }

  @Override
  public HistoryPage history(String chatKey, String token, int limit)
      throws IOException, InterruptedException {
    Session open = session();
    if (open == null) {
      throw new IOException("the homeserver is not connected");
    }
    return open.history(chatKey, token, limit);
  }

  @Override
  public void download(String id, @Nullable String encryption, OutputStream target)
      throws IOException, InterruptedException {
    Session open = session();
    if (open == null) {
      throw new IOException("the homeserver is not connected");
    }
    open.download(id, encryption, target);
  }

  @Override
  public @Nullable Directory directory() {
    Session open = session;
    return open == null ? null : open.directory();
  }

  @Override
  public void typing(String chatKey, boolean typing) throws IOException, InterruptedException {
    Session open = session();
    if (open == null) {
      throw new IOException("the homeserver is not connected");
    }
    open.typing(chatKey, typing);
  }

  private @Nullable Session session() throws InterruptedException {
    if (!settled.await(CONNECTING.toMillis(), TimeUnit.MILLISECONDS)) {
      return null;
    }
    return session;
  }

  /** The user and the device: homeservers remember transaction ids for each device. */
  @Override
  public String device() {
    try {
      Identity identity = Identity.read(folder);
      return identity == null ? "" : identity.transactionScope();
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    closed = true;
    Session open = session;
    if (open != null) {
      open.close();
    }
  }
}
