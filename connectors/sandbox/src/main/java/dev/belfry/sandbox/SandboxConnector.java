package dev.belfry.sandbox;

import dev.belfry.model.AccountId;
import dev.belfry.model.User;
import dev.belfry.network.Connector;
import dev.belfry.network.Login;
import dev.belfry.network.NetworkClient;
import dev.belfry.sandbox.media.MediaFolder;
import dev.belfry.sandbox.world.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The sandbox network: people, chats and faults that need no network. The account {@code sandbox}
 * has the private life with the chats "Everything" and "Faults", every other account a working
 * life. What would be the network's servers lives in the account's folder: {@code network.jsonl}
 * (what happened since the first start), {@code sync} (how much of it the hub has) and {@code
 * media/}.
 */
public final class SandboxConnector implements Connector {
  private record Running(Path folder, SimulatedNetwork network) {}

  private final InstantSource clock;
  private final Pause pause;
  private final Map<AccountId, Running> networks = new HashMap<>();

  public SandboxConnector(InstantSource clock) {
    this(clock, Pause.REAL);
  }

  /**
   * For tests that let time pass themselves.
   *
   * @param pause called on several threads
   */
  public SandboxConnector(InstantSource clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public String type() {
    return "sandbox";
  }

  @Override
  public String network() {
    return World.NETWORK;
  }

  @Override
  public Login login(AccountId account, Path folder) {
    return new SandboxLogin(network(account, folder), position(folder), self(account, folder));
  }

  @Override
  public NetworkClient open(AccountId account, Path folder) {
    return new SandboxClient(
        network(account, folder), position(folder), self(account, folder), pause);
  }

  /**
   * What happens at the other end of an account's link.
   *
   * @throws IllegalStateException when the account was not logged in or opened here yet
   */
  public Sandbox sandbox(AccountId account) {
    synchronized (networks) {
      Running running = networks.get(account);
      if (running == null) {
        throw new IllegalStateException("no such sandbox account here yet: " + account);
      }
      return new Sandbox(running.network());
    }
  }

  /**
   * The network outlives the links to it; another folder, or one that was emptied, is another
   * network.
   */
  private SimulatedNetwork network(AccountId account, Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    synchronized (networks) {
      Running running = networks.get(account);
      if (running == null
          || !running.folder().equals(absolute)
          || !Files.exists(SimulatedNetwork.journalFile(absolute))) {
        running = new Running(absolute, new SimulatedNetwork(account, absolute, clock));
        networks.put(account, running);
      }
      return running.network();
    }
  }

  private static Position position(Path folder) {
    return new Position(folder.resolve("sync"));
  }

  private static User self(AccountId account, Path folder) {
    MediaFolder media = SimulatedNetwork.media(folder);
    return World.self(account, media);
  }
}
