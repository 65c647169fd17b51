package dev.belfry.server.commands;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.belfry.server.process.ExitStatus;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Where a running server takes the command line's commands: a UNIX domain socket. Who may open it
 * may do all; it lies in a folder of mode 0700 and is of mode 0600 itself. One JSON object a line:
 * a {@link Request}, then {@link Reply}s.
 */
public final class CommandSocket implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CommandSocket.class.getName());
  private static final int CONNECTIONS = 16;

  /** Between two tries while no connection can be taken, such as for want of file descriptors. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Gives the next connection. */
  @FunctionalInterface
  interface Arrivals {
    SocketChannel next() throws IOException;
  }

  private final ServerSocketChannel server;
  private final Arrivals arrivals;
  private final Path path;
  private final Commands commands;
  private final Thread accepting;
  private final Set<Thread> sessions = ConcurrentHashMap.newKeySet();

  private CommandSocket(
      ServerSocketChannel server, Arrivals arrivals, Path path, Commands commands) {
    this.server = server;
    this.arrivals = arrivals;
    this.path = path;
    this.commands = commands;
    accepting = Thread.ofVirtual().name("commands").unstarted(this::accept);
  }

  /**
   * Listens.
   *
   * @param path what lies there is the leftover of a server that was killed, as we hold the
   *     folder's lock
   */
  public static CommandSocket open(Path path, Commands commands) throws IOException {
    return open(path, commands, server -> server::accept);
  }

  static CommandSocket open(
      Path path, Commands commands, Function<ServerSocketChannel, Arrivals> arrivals)
      throws IOException {
    Files.deleteIfExists(path);
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, Set.of(OWNER_READ, OWNER_WRITE));
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    var socket = new CommandSocket(server, arrivals.apply(server), path, commands);
    socket.accepting.start();
    return socket;
  }

  @Override
  public void close() throws IOException {
    server.close();
    accepting.interrupt(); // it may be pausing
    boolean interrupted = false;
    try {
      accepting.join(); // after this no session is added, and all have been started
      sessions.forEach(Thread::interrupt);
      for (var session : sessions) {
        session.join();
      }
    } catch (InterruptedException _) {
      interrupted = true;
    }
    Files.deleteIfExists(path);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    boolean isNews = true;
    while (server.isOpen()) {
      try {
        var channel = arrivals.next();
        isNews = true;
        var session = Thread.ofVirtual().name("command").unstarted(() -> serve(channel));
        sessions.add(session);
        session.start();
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        LOG.log(
            isNews ? Level.WARNING : Level.DEBUG,
            "the command socket could not take a connection; it tries again",
            e);
        isNews = false;
        if (!pause()) {
          return;
        }
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      return false; // the server ends
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      var session = new CommandSession(channel, commands);
      if (sessions.size() > CONNECTIONS) {
        session.refuse(
            ExitStatus.FAILED, "the server is busy with " + CONNECTIONS + " other commands");
      } else {
        session.run();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a command hung up", e);
    } catch (InterruptedException _) {
      // the server ends
    } finally {
      sessions.remove(Thread.currentThread());
    }
  }
}
