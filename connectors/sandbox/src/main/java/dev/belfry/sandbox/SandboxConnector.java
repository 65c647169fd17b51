package dev.belfry.sandbox;

import dev.belfry.model.AccountId;
import dev.belfry.network.Connector;
import dev.belfry.network.Login;
import dev.belfry.network.NetworkClient;
import dev.belfry.sandbox.world.World;
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
    AccountId identity = Identity.of(type(), account, folder);
    return new SandboxLogin(identity, folder, () -> forget(identity));
  }

  @Override
  public NetworkClient open(AccountId account, Path folder) {
    return new SandboxClient(
        network(account, folder),
        Identity.position(folder),
        World.self(account, SimulatedNetwork.media(folder)),
        pause);
  }

  @Override
  public void logout(AccountId account, Path folder) {
    forget(account);
  }

  /**
   * What happens at the other end of an account's link.
   *
   * @throws IllegalStateException when the account was not opened here yet
   */
  public Sandbox sandbox(AccountId account) {
    running(account);
    return new Sandbox(() -> running(account));
  }

  private SimulatedNetwork running(AccountId account) {
    synchronized (networks) {
      Running running = networks.get(account);
      if (running == null) {
        throw new IllegalStateException("no such sandbox account here now: " + account);
      }
      return running.network();
    }
  }

  /** The network outlives the links to it; in another folder it is another network. */
  private SimulatedNetwork network(AccountId account, Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    synchronized (networks) {
      Running running = networks.get(account);
      if (running == null || !running.folder().equals(absolute)) {
        running = new Running(absolute, new SimulatedNetwork(account, absolute, clock));
        networks.put(account, running);
      }
      return running.network();
    }
  }

  /** The next link finds the network as it is in the folder then. */
  private void forget(AccountId account) {
    synchronized (networks) {
      networks.remove(account);
    }
  }
}
