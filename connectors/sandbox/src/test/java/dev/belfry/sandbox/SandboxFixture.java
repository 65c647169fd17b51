package dev.belfry.sandbox;

import dev.belfry.model.AccountId;
import dev.belfry.network.NetworkEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A sandbox account in a folder, for one test. */
final class SandboxFixture {
  static final AccountId HOME = new AccountId("sandbox");
  static final AccountId WORK = new AccountId("sandbox-2");

  final HandClock clock = new HandClock();
  final HandPause pause = new HandPause();
  final Path folder;
  private SandboxConnector connector;

  SandboxFixture(Path folder) {
    this.folder = folder;
    this.connector = new SandboxConnector(clock, pause);
  }

  /** Connects, and waits for whatever comes at the beginning. */
  Link connect() throws InterruptedException {
    Link link = new Link(connector, HOME, folder);
    sandbox().pass(new NetworkEvent.PeopleChanged(List.of()));
    link.await(NetworkEvent.PeopleChanged.class, event -> event.people().isEmpty());
    return link;
  }

  Link connectAtOnce() {
    return new Link(connector, HOME, folder);
  }

  SandboxConnector connector() {
    return connector;
  }

  Sandbox sandbox() {
    return connector.sandbox(HOME);
  }

  /** What a new process would have: nothing but the folder. */
  void restart() {
    connector = new SandboxConnector(clock, pause);
  }

  /** As though the first sync had been. */
  void skipFirstSync() throws IOException {
    var _ = connector.open(HOME, folder);
    Files.writeString(folder.resolve("sync"), "0\n");
  }
}
