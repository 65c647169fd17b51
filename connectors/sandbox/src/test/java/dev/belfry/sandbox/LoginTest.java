package dev.belfry.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.AccountId;
import dev.belfry.network.Login;
import dev.belfry.network.LoginStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LoginTest {
  @TempDir Path accounts;
  private final SandboxConnector connector = new SandboxConnector(new HandClock());

  private LoginStep.Complete login(String account) throws Exception {
    Path folder = accounts.resolve(account);
    Files.createDirectories(folder);
    try (Login login = connector.login(new AccountId(account), folder)) {
      assertTrue(login.submit(Map.of()) instanceof LoginStep.Failed);
      return (LoginStep.Complete) login.begin();
    }
  }

  @Test
  void asksNothingAndIsSomebodyElseEachTime() throws Exception {
    LoginStep.Complete first = login("sandbox");
    LoginStep.Complete second = login("sandbox-2");
    LoginStep.Complete third = login("sandbox-3");
    assertTrue(first.self().isSelf());
    assertNotEquals(first.loginId(), second.loginId());
    assertNotEquals(first.self().id(), second.self().id());
    assertNotEquals(second.loginId(), third.loginId());
    assertNotEquals(second.self().id(), third.self().id());
  }

  @Test
  void renewsWhatWasLoggedOutWithWhatHappenedThere() throws Exception {
    String first = login("sandbox").loginId();
    login("sandbox-2");
    Path folder = accounts.resolve("sandbox");
    var _ = connector.open(SandboxFixture.HOME, folder);
    Sandbox sandbox = connector.sandbox(SandboxFixture.HOME);
    String chat = sandbox.chat("Everything");
    String key = sandbox.say(chat, sandbox.self(), "Before");
    sandbox.logOut();
    assertEquals(first, login("sandbox-3").loginId());
    // the hub puts the new folder in the place of the old one
    Files.move(folder, accounts.resolve("sandbox.old-1"));
    Files.move(accounts.resolve("sandbox-3"), folder);
    var _ = connector.open(SandboxFixture.HOME, folder);
    assertEquals(key, sandbox.newest(chat));
    assertFalse(Files.exists(folder.resolve("logged-out")));
  }

  @Test
  void renewsWhatWasRemovedAsNewNetwork() throws Exception {
    String first = login("sandbox").loginId();
    login("sandbox-2");
    Path folder = accounts.resolve("sandbox");
    HandClock clock = new HandClock();
    SandboxConnector other = new SandboxConnector(clock);
    var _ = other.open(SandboxFixture.HOME, folder);
    Sandbox sandbox = other.sandbox(SandboxFixture.HOME);
    String chat = sandbox.chat("Everything");
    String key = sandbox.say(chat, sandbox.self(), "Before");
    other.logout(SandboxFixture.HOME, folder);
    assertThrows(IllegalStateException.class, sandbox::self);
    Files.move(folder, accounts.resolve("gone"));
    assertEquals(first, login("sandbox-3").loginId());
    clock.pass(Duration.ofSeconds(1));
    Files.createDirectory(folder);
    var _ = other.open(SandboxFixture.HOME, folder);
    assertNotEquals(key, sandbox.say(chat, sandbox.self(), "After"), "keys are never given twice");
  }
}
