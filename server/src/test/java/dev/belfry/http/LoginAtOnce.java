package dev.belfry.http;

import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.Login;
import dev.belfry.network.LoginStep;
import java.util.Map;

/** A login that asks nothing. */
record LoginAtOnce(UserId self) implements Login {
  @Override
  public LoginStep begin() {
    return new LoginStep.Complete(User.of(self, "Me"), self.value());
  }

  @Override
  public LoginStep submit(Map<String, String> values) {
    throw new IllegalStateException("nothing was asked");
  }

  @Override
  public void close() {}
}
