package dev.belfry.sandbox;

import dev.belfry.model.User;
import dev.belfry.network.Login;
import dev.belfry.network.LoginStep;
import java.util.Map;

/** A login that asks nothing. */
final class SandboxLogin implements Login {
  private final SimulatedNetwork network;
  private final Position position;
  private final User self;

  SandboxLogin(SimulatedNetwork network, Position position, User self) {
    this.network = network;
    this.position = position;
    this.self = self;
  }

  @Override
  public LoginStep begin() {
    network.logIn();
    // as with any network, a new login begins with a full sync: the hub may have forgotten all it
    // knew
    position.forget();
    return new LoginStep.Complete(self, self.id().value());
  }

  @Override
  public LoginStep submit(Map<String, String> values) {
    return new LoginStep.Failed("The sandbox network asks nothing to log in.");
  }

  @Override
  public void close() {}
}
