package dev.belfry.sandbox;

import dev.belfry.model.AccountId;
import dev.belfry.network.Login;
import dev.belfry.network.LoginStep;
import dev.belfry.sandbox.world.World;
import java.nio.file.Path;
import java.util.Map;

/** A login that asks nothing. */
final class SandboxLogin implements Login {
  private final AccountId identity;
  private final Path folder;
  private final Runnable complete;

  /**
   * @param complete called when the login has been renewed
   */
  SandboxLogin(AccountId identity, Path folder, Runnable complete) {
    this.identity = identity;
    this.folder = folder;
    this.complete = complete;
  }

  @Override
  public LoginStep begin() {
    Identity.renew(identity, folder);
    complete.run();
    return new LoginStep.Complete(
        World.self(identity, SimulatedNetwork.media(folder)), identity.value());
  }

  @Override
  public LoginStep submit(Map<String, String> values) {
    return new LoginStep.Failed("The sandbox network asks nothing to log in.");
  }

  @Override
  public void close() {}
}
