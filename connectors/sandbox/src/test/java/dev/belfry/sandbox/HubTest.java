package dev.belfry.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.core.Hub;
import dev.belfry.core.Messages.NewMessage;
import dev.belfry.model.Account;
import dev.belfry.model.AccountState;
import dev.belfry.model.Chat;
import dev.belfry.model.ChatListItem;
import dev.belfry.model.Grant;
import dev.belfry.model.Message;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.network.NetworkEvent;
import dev.belfry.sandbox.world.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox network under a real hub: what it tells must arrive as it was meant. */
@Tag("hub")
class HubTest {
  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private final HandPause pause = new HandPause();
  private SandboxConnector connector;
  private Hub hub;

  @BeforeEach
  void open() throws Exception {
    start();
    login();
    await(this::isConnected);
  }

  private void start() {
    connector = new SandboxConnector(clock, pause);
    hub = Hub.open(folder, List.of(connector), clock, Hub.Options.NONE);
    hub.start();
  }

  private Account login() throws Exception {
    try (var session = hub.accounts().login("sandbox")) {
      var _ = session.begin();
      return session.account();
    }
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private List<AccountState.Status> states() {
    return hub.accounts().list(Grant.HUB).stream().map(a -> a.state().status()).toList();
  }

  private void await(Supplier<Boolean> what) throws InterruptedException {
    long seen = -1;
    while (!what.get()) {
      assertTrue(
          hub.changes().await(seen, Duration.ofSeconds(30)), () -> "waited in vain, " + states());
      seen = hub.changes().last();
    }
  }

  private <T> List<T> all(Function<PageRequest, Page<T>> list) {
    List<T> items = new ArrayList<>();
    Page<T> page = list.apply(PageRequest.newest(500));
    items.addAll(page.items());
    while (page.hasMore()) {
      page = list.apply(new PageRequest(page.oldestCursor(), PageRequest.Direction.BEFORE, 500));
      items.addAll(page.items());
    }
    return items;
  }

  private Map<String, Chat> home() {
    return all(request -> hub.chats().list(Grant.HUB, List.of(SandboxFixture.HOME), request))
        .stream()
        .map(ChatListItem::chat)
        .collect(Collectors.toMap(Chat::networkKey, chat -> chat));
  }

  @Test
  void everyChatArrivesAsItWasMeant() throws Exception {
    await(() -> states().stream().allMatch(AccountState.Status.CONNECTED::equals));
    Sandbox sandbox = connector.sandbox(SandboxFixture.HOME);
    Map<String, Chat> chats = home();
    for (Plan plan : sandbox.plans()) {
      Chat chat = chats.get(plan.key());
      assertNotNull(chat, plan.slug());
      assertEquals(plan.unread(), chat.read().unreadCount(), plan.slug());
      assertEquals(plan.mentions(), chat.read().unreadMentions(), plan.slug());
      assertEquals(plan.markedUnread(), chat.read().markedUnread(), plan.slug());
      assertEquals(plan.archived(), chat.flags().archived(), plan.slug());
      assertEquals(plan.pinned(), chat.flags().pinned(), plan.slug());
      assertEquals(plan.type(), chat.type(), plan.slug());
      long shown =
          sandbox.timeline(plan.key()).stream()
              .filter(event ->
                  event instanceof NetworkEvent.MessageReceived message
                      && !message.content().hidden())
              .count();
      List<Message> messages =
          all(request -> hub.messages().list(Grant.HUB, chat.canonicalId(), request));
      assertEquals(shown, messages.size(), plan.slug());
    }
    assertEquals(sandbox.plans().size(), chats.size());
  }

  @Test
  void secondAccountHasChatsOfItsOwn() throws Exception {
    assertEquals(SandboxFixture.WORK, login().id());
    await(this::isConnected);
    var chats = all(request -> hub.chats().list(Grant.HUB, List.of(), request));
    assertEquals(55, chats.size());
    assertEquals(55, chats.stream().map(item -> item.chat().canonicalId()).distinct().count());
  }

  @Test
  void whatIsSentIsAnswered() throws Exception {
    Sandbox sandbox = connector.sandbox(SandboxFixture.HOME);
    for (String title : List.of("Mira Köhler", "Everything")) {
      Chat chat = home(sandbox.chat(title));
      hub.messages().send(Grant.HUB, chat.canonicalId(), new NewMessage("Hello?", null, List.of()));
      await(() -> {
        List<Message> newest =
            hub.messages().list(Grant.HUB, chat.canonicalId(), PageRequest.newest(2)).items();
        return !newest.getFirst().isSender()
            && newest.getLast().isSender()
            && newest.getLast().content().body().equals("Hello?")
            && newest.getLast().seen() != null;
      });
    }
    assertEquals(1, home(sandbox.chat("Everything")).read().unreadCount(), "only the answer");
  }

  @Test
  void endedLoginIsRenewed() throws Exception {
    Sandbox sandbox = connector.sandbox(SandboxFixture.HOME);
    String chat = sandbox.chat("Mira Köhler");
    sandbox.say(chat, sandbox.self(), "Before");
    await(() -> newest(chat).equals("Before"));
    sandbox.logOut();
    await(() -> states().contains(AccountState.Status.RECONNECT_REQUIRED));
    assertEquals(SandboxFixture.HOME, login().id());
    await(this::isConnected);
    sandbox.say(chat, sandbox.self(), "After");
    await(() -> newest(chat).equals("After"));
    assertEquals(1, hub.accounts().list(Grant.HUB).size());
  }

  @Test
  void removedAccountComesBackWithItsHistory() throws Exception {
    String chat = connector.sandbox(SandboxFixture.HOME).chat("Note to self");
    int before = messages(chat).size();
    hub.accounts().remove(SandboxFixture.HOME, false);
    clock.pass(Duration.ofMinutes(1));
    assertEquals(SandboxFixture.HOME, login().id());
    await(this::isConnected);
    assertEquals(before, messages(chat).size(), "nothing is there twice");
    Sandbox sandbox = connector.sandbox(SandboxFixture.HOME);
    sandbox.say(chat, sandbox.self(), "Back again");
    await(() -> newest(chat).equals("Back again"));
  }

  @Test
  void restartTellsOnlyWhatIsNew() throws Exception {
    String chat = connector.sandbox(SandboxFixture.HOME).chat("Mira Köhler");
    Map<String, Chat> before = home();
    hub.close();
    start();
    await(this::isOpen);
    assertEquals(before.keySet(), home().keySet());
    Sandbox sandbox = connector.sandbox(SandboxFixture.HOME);
    sandbox.say(chat, sandbox.contacts(chat).getFirst(), "News");
    await(() -> newest(chat).equals("News"));
    assertEquals(3, home(chat).read().unreadCount());
  }

  private Chat home(String key) {
    return Objects.requireNonNull(home().get(key), key);
  }

  /** Whether the first sync has been; history may still be on its way. */
  private boolean isConnected() {
    return states().stream()
        .allMatch(state ->
            state == AccountState.Status.CONNECTED || state == AccountState.Status.BACKFILLING);
  }

  /** The state of before a restart stands until there is a new one, so it does not tell. */
  private boolean isOpen() {
    try {
      return !connector.sandbox(SandboxFixture.HOME).titles().isEmpty();
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private List<Message> messages(String chatKey) {
    String id = home(chatKey).canonicalId();
    return all(request -> hub.messages().list(Grant.HUB, id, request));
  }

  private String newest(String chatKey) {
    String id = home(chatKey).canonicalId();
    return hub.messages()
        .list(Grant.HUB, id, PageRequest.newest(1))
        .items()
        .getFirst()
        .content()
        .body();
  }
}
