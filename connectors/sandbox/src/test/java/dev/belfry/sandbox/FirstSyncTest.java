package dev.belfry.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.AccountState;
import dev.belfry.network.HistoryPage;
import dev.belfry.network.Login;
import dev.belfry.network.LoginStep;
import dev.belfry.network.NetworkEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class FirstSyncTest {
  @TempDir Path folder;

  @Test
  void tellsEveryChatWithItsNewestMessages() throws Exception {
    SandboxFixture fixture = new SandboxFixture(folder);
    try (Link link = fixture.connect()) {
      assertEquals(List.of(AccountState.CONNECTED), link.states());
      Set<String> told = new HashSet<>();
      link.events(NetworkEvent.ChatChanged.class).forEach(event -> told.add(event.chatKey()));
      assertEquals(fixture.sandbox().titles().size(), told.size());
      for (List<NetworkEvent> batch : link.batches()) {
        assertTrue(batch.size() <= 300, () -> "a batch of " + batch.size());
      }
      for (String title : fixture.sandbox().titles()) {
        String key = fixture.sandbox().chat(title);
        long messages =
            link.events(NetworkEvent.MessageReceived.class).stream()
                .filter(message -> message.chatKey().equals(key))
                .count();
        assertTrue(messages <= 50, () -> title + " came with " + messages);
      }
    }
  }

  @Test
  void historyHasEachEventOnceAndInOrder() throws Exception {
    SandboxFixture fixture = new SandboxFixture(folder);
    try (Link link = fixture.connect()) {
      int withHistory = 0;
      int longOnes = 0;
      for (String title : fixture.sandbox().titles()) {
        String chat = fixture.sandbox().chat(title);
        List<NetworkEvent> events = new ArrayList<>();
        Optional<NetworkEvent.TimelineGap> gap =
            link.events(NetworkEvent.TimelineGap.class).stream()
                .filter(event -> event.chatKey().equals(chat))
                .findFirst();
        String token = gap.map(NetworkEvent.TimelineGap::token).orElse(null);
        int pages = 0;
        while (token != null) {
          HistoryPage page = link.client().history(chat, token, 100);
          assertTrue(page.events().size() <= 100);
          events.addAll(0, page.events());
          token = page.nextToken();
          pages++;
        }
        withHistory += pages > 0 ? 1 : 0;
        longOnes += pages > 15 ? 1 : 0;
        link.events(NetworkEvent.Timeline.class).stream()
            .filter(event -> event.chatKey().equals(chat))
            .forEach(events::add);
        assertEquals(fixture.sandbox().timeline(chat), events, title);
      }
      assertTrue(withHistory > 10);
      assertTrue(longOnes >= 2);
    }
  }

  @Test
  void gapStandsBeforeTheMessagesThatFollowIt() throws Exception {
    SandboxFixture fixture = new SandboxFixture(folder);
    try (Link link = fixture.connect()) {
      for (List<NetworkEvent> batch : link.batches()) {
        for (int i = 0; i < batch.size(); i++) {
          if (batch.get(i) instanceof NetworkEvent.TimelineGap gap) {
            NetworkEvent next = batch.get(i + 1);
            assertTrue(next instanceof NetworkEvent.Timeline);
            assertEquals(gap.chatKey(), next.chatKey());
            assertTrue(
                batch.subList(0, i).stream()
                    .noneMatch(event ->
                        event instanceof NetworkEvent.Timeline
                            && event.chatKey().equals(gap.chatKey())));
          }
        }
      }
      assertFalse(link.events(NetworkEvent.TimelineGap.class).isEmpty());
    }
  }

  @Test
  void tokensAreChecked() throws Exception {
    SandboxFixture fixture = new SandboxFixture(folder);
    try (Link link = fixture.connect()) {
      String chat = fixture.sandbox().chat("Everything");
      for (String token : List.of("", "before-x", "before-99999", "after-3", "before--4")) {
        assertThrows(IOException.class, () -> link.client().history(chat, token, 50), token);
      }
      assertThrows(IOException.class, () -> link.client().history("!no", "before-3", 50));
    }
  }

  @Test
  void laterRunsTellOnlyWhatIsNew() throws Exception {
    SandboxFixture fixture = new SandboxFixture(folder);
    try (Link link = fixture.connect()) {
      assertFalse(link.events(NetworkEvent.MessageReceived.class).isEmpty());
    }
    try (Link again = fixture.connect()) {
      assertEquals(1, again.events().size());
    }
    fixture.restart();
    try (Link again = fixture.connectAtOnce()) {
      Sandbox sandbox = fixture.sandbox();
      String chat = sandbox.chat("Everything");
      sandbox.say(chat, sandbox.contacts(chat).getFirst(), "Something new");
      assertEquals(chat, again.awaitText("Something new").chatKey());
      assertEquals(1, again.events().size());
    }
  }

  @Test
  void whatHappenedWithoutALinkComesWithTheNextOne() throws Exception {
    SandboxFixture fixture = new SandboxFixture(folder);
    try (Link link = fixture.connect()) {
      assertFalse(link.events().isEmpty());
    }
    fixture.restart();
    var _ = fixture.connector().open(SandboxFixture.HOME, folder);
    Sandbox sandbox = fixture.sandbox();
    String chat = sandbox.chat("Everything");
    sandbox.say(chat, sandbox.self(), "From my phone");
    fixture.restart();
    try (Link link = fixture.connectAtOnce()) {
      NetworkEvent.MessageReceived message = link.awaitText("From my phone");
      assertTrue(message.fromMe());
      assertNull(message.transaction());
      assertEquals(1, link.events().size());
    }
  }

  @Test
  void newLoginIsToldEverythingAgainAsItStandsNow() throws Exception {
    SandboxFixture fixture = new SandboxFixture(folder);
    int first;
    try (Link link = fixture.connect()) {
      first = link.events(NetworkEvent.MessageReceived.class).size();
      Sandbox sandbox = fixture.sandbox();
      String chat = sandbox.chat("Everything");
      sandbox.readElsewhere(chat, sandbox.newest(chat));
      sandbox.markUnreadElsewhere(chat, false);
      sandbox.archiveElsewhere(chat, true);
    }
    try (Login login = fixture.connector().login(SandboxFixture.HOME, folder)) {
      assertTrue(login.begin() instanceof LoginStep.Complete);
    }
    try (Link link = fixture.connect()) {
      assertEquals(first, link.events(NetworkEvent.MessageReceived.class).size());
      String chat = fixture.sandbox().chat("Everything");
      String newest = fixture.sandbox().newest(chat);
      assertTrue(
          link.events(NetworkEvent.ReadElsewhere.class).stream()
              .filter(read -> read.chatKey().equals(chat))
              .allMatch(read -> read.upToKey().equals(newest)));
      assertTrue(
          link.events(NetworkEvent.MarkedUnreadElsewhere.class).stream()
              .noneMatch(event -> event.chatKey().equals(chat)));
      assertEquals(
          true,
          link.events(NetworkEvent.ChatChanged.class).stream()
              .filter(event -> event.chatKey().equals(chat))
              .toList()
              .getLast()
              .update()
              .archived());
    }
  }

  @Test
  void sameFromTheSameInstant(@TempDir Path other) throws Exception {
    SandboxFixture one = new SandboxFixture(folder);
    SandboxFixture two = new SandboxFixture(other);
    try (Link first = one.connect();
        Link second = two.connect()) {
      assertEquals(
          first.events().toString().replace(folder.toString(), "FOLDER"),
          second.events().toString().replace(other.toString(), "FOLDER"));
    }
  }

  @Test
  void timesHangOnTheFirstStart() throws Exception {
    SandboxFixture fixture = new SandboxFixture(folder);
    var _ = fixture.connector().open(SandboxFixture.HOME, folder);
    String chat = fixture.sandbox().chat("Everything");
    List<NetworkEvent.Timeline> before = fixture.sandbox().timeline(chat);
    fixture.clock.pass(Duration.ofDays(3));
    fixture.restart();
    var _ = fixture.connector().open(SandboxFixture.HOME, folder);
    assertEquals(before, fixture.sandbox().timeline(chat));
  }
}
