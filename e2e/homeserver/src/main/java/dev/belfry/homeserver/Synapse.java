package dev.belfry.homeserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Synapse of our own on a loopback port, with a data directory of its own, rate limits off.
 *
 * <p>It lives no longer than this JVM: it runs in a process namespace that ends when the pipe to it
 * closes, so nothing is left running or mounted even when the JVM is killed.
 */
public final class Synapse implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Synapse.class.getName());
  private final Path directory;
  private final SynapseConfig config;
  private Optional<Process> process = Optional.empty();

  private Synapse(Path directory, SynapseConfig config) {
    this.directory = directory;
    this.config = config;
  }

  /**
   * Why this machine cannot run Synapse; empty when it can. The first call on a machine installs it
   * into the user's cache folder, which takes one to three minutes.
   */
  public static Optional<String> missing() {
    return SynapseScript.missing();
  }

  /**
   * Starts a fresh one that answers when this returns.
   *
   * @param directory an empty directory for its data and logs
   * @throws IllegalStateException when it cannot run here (with the reason) or does not start (with
   *     its last words)
   */
  public static Synapse start(Path directory) {
    missing()
        .ifPresent(reason -> {
          throw new IllegalStateException("no Synapse here: " + reason);
        });
    for (int attempt = 1; ; attempt++) {
      var synapse = new Synapse(directory, SynapseConfig.create(freePort()));
      try {
        synapse.start();
        return synapse;
      } catch (IllegalStateException e) {
        synapse.close();
        if (attempt == 3 || !String.valueOf(e.getMessage()).contains("in use")) {
          throw e;
        }
      }
    }
  }

  /** The base URL; it stays the same over {@link #restart()}. */
  public URI url() {
    return config.url();
  }

  /** Makes an account and logs it in. */
  public MatrixUser register(String user, String password) {
    var http = new MatrixHttp(url(), "", Map.of());
    String nonce = http.get("/_synapse/admin/v1/register").at("nonce").text();
    http.post("/_synapse/admin/v1/register", config.registration(nonce, user, password));
    return login(user, password);
  }

  /** Logs in to an account as a new device. */
  public MatrixUser login(String user, String password) {
    return MatrixUser.login(url(), user, password);
  }

  /**
   * A person of another network, as the bridge on this homeserver presents them. Made when there is
   * none yet.
   *
   * @param name the local part of the user id without the bridge's prefix
   */
  public MatrixUser ghost(String name) {
    String localpart = SynapseConfig.GHOSTS + name;
    var bridge = new MatrixHttp(url(), config.bridgeToken(), Map.of());
    try {
      bridge.post(
          "/_matrix/client/v3/register",
          Map.of(
              "type", "m.login.application_service", "username", localpart, "inhibit_login", true));
    } catch (MatrixRefusal e) {
      if (!e.code().equals("M_USER_IN_USE")) {
        throw e;
      }
    }
    return actingAs("@" + localpart + ":" + SynapseConfig.SERVER_NAME, config.bridgeToken());
  }

  /**
   * A user as the bridge acts for them: what they wrote on their phone, with the time they wrote
   * it.
   */
  public MatrixUser puppet(MatrixUser user) {
    return actingAs(user.id(), config.puppetToken());
  }

  /** Ends it in good order. Its data stay for {@link #start()}. */
  public void stop() {
    end(Synapse::hangUp);
  }

  /** Ends it at once, in the middle of whatever it does. */
  public void kill() {
    end(Process::destroyForcibly);
  }

  /** Starts it again after {@link #stop()} or {@link #kill()}, on the same port. */
  public void start() {
    if (process.isPresent()) {
      throw new IllegalStateException("runs already");
    }
    config.write(directory);
    var started = SynapseScript.run(directory);
    process = Optional.of(started);
    try {
      Patience.seconds(60)
          .until("Synapse answers", () -> answers() || !started.isAlive(), yes -> yes);
    } catch (AssertionError e) {
      throw new IllegalStateException(lastWords(), e);
    }
    if (!started.isAlive()) {
      throw new IllegalStateException(lastWords());
    }
    LOG.log(Level.INFO, "Synapse runs at {0}", url());
  }

  /** Stops and starts it. */
  public void restart() {
    stop();
    start();
  }

  /** Ends it if it runs. */
  @Override
  public void close() {
    stop();
  }

  private boolean answers() {
    return !new MatrixHttp(url(), "", Map.of()).get("/_matrix/client/versions").missing();
  }

  private MatrixUser actingAs(String userId, String token) {
    return new MatrixUser(userId, "", new MatrixHttp(url(), token, Map.of("user_id", userId)));
  }

  private void end(java.util.function.Consumer<Process> how) {
    process.ifPresent(running -> {
      how.accept(running);
      try {
        if (!running.waitFor(15, TimeUnit.SECONDS)) {
          running.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        running.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    });
    process = Optional.empty();
  }

  private static void hangUp(Process running) {
    try {
      running.getOutputStream().close();
    } catch (IOException e) {
      running.destroyForcibly();
    }
  }

  private String lastWords() {
    try {
      String said = Files.readString(directory.resolve(SynapseScript.OUTPUT));
      return "Synapse did not start: " + said.substring(Math.max(0, said.length() - 3000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
