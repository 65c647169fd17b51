package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.AccountId;
import dev.belfry.model.Change;
import dev.belfry.model.ChatId;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.ChatQuery;
import dev.belfry.model.Grant;
import dev.belfry.model.Grant.Scope;
import dev.belfry.model.HubException;
import dev.belfry.model.MessageQuery;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.model.Participant;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.NetworkEvent.MembersChanged;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two accounts with five chats each, everybody saying "hello": what limited grants see of that, and
 * what tokens are limited to.
 */
@Tag("hub")
class GrantTest {
  @TempDir Path root;
  private TestHub hub;
  private AccountId first;
  private AccountId second;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.empty(root);
    hub.hub().start();
    first = hub.addAccount("@me:x");
    second = hub.addAccount("@other:x");
    for (int i = 0; i < 5; i++) {
      say(first, i);
      hub.advance(Duration.ofSeconds(1));
      say(second, i);
      hub.advance(Duration.ofSeconds(1));
    }
  }

  private void say(AccountId account, int chat) {
    var person = new UserId("@p" + chat + ":x");
    var name = (account.equals(first) ? "First" : "Second") + " person " + chat;
    var key = "!c" + chat + ":x";
    hub.network
        .client(account)
        .says(
            new MembersChanged(
                key, List.of(Participant.of(User.of(person, name))), List.of(), true, null),
            Said.message(key, "$" + chat, person, "hello from " + name, Said.AT.plusSeconds(chat)));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private Grant chats(String... ids) {
    return new Grant(
        "t",
        Set.of(Scope.READ, Scope.WRITE),
        null,
        Set.copyOf(List.of(ids).stream().map(this::local).toList()));
  }

  private ChatId local(String chat) {
    return hub.chats().get(Grant.HUB, chat, 0).id();
  }

  private Grant accounts(AccountId... ids) {
    return new Grant("t", Set.of(Scope.READ, Scope.WRITE), Set.of(ids), null);
  }

  /** Ids of the chats in a list, page by page, in both directions. */
  private List<String> listed(Grant grant) {
    var ids = new ArrayList<String>();
    var back = new ArrayList<String>();
    var page = hub.chats().list(grant, List.of(), PageRequest.newest(2));
    while (!page.items().isEmpty()) {
      page.items().forEach(item -> ids.add(item.chat().canonicalId()));
      if (!page.hasMore()) {
        break;
      }
      page =
          hub.chats()
              .list(grant, List.of(), new PageRequest(page.oldestCursor(), Direction.BEFORE, 2));
    }
    page = hub.chats().list(grant, List.of(), new PageRequest(null, Direction.AFTER, 2));
    while (!page.items().isEmpty()) {
      page.items().reversed().forEach(item -> back.add(item.chat().canonicalId()));
      if (!page.hasMore()) {
        break;
      }
      page =
          hub.chats()
              .list(grant, List.of(), new PageRequest(page.newestCursor(), Direction.AFTER, 2));
    }
    assertEquals(ids, back.reversed());
    return ids;
  }

  @Test
  void listsHoldWhatTheGrantSees() {
    assertEquals(10, listed(Grant.HUB).size());
    assertEquals(
        List.of("!c3:x", "!c1:x", "!c0:x.scripted-2"),
        listed(chats("!c0:x.scripted-2", "!c3:x", "!c1:x")));
    assertEquals(List.of("!c4:x", "!c3:x", "!c2:x", "!c1:x", "!c0:x"), listed(accounts(first)));
    assertEquals(10, listed(accounts(first, second)).size());
    var both =
        new Grant(
            "t", Set.of(Scope.READ), Set.of(second), chats("!c3:x", "!c2:x.scripted-2").chats());
    assertEquals(List.of("!c2:x.scripted-2"), listed(both));
    assertEquals(List.of(), listed(chats()));
    assertEquals(List.of(), listed(accounts()));
  }

  @Test
  void searchesFindWhatTheGrantSees() {
    for (var grant :
        List.of(chats("!c1:x", "!c2:x.scripted-2"), accounts(second), chats(), accounts())) {
      var seen = listed(grant);
      var hits =
          hub.hub().search().messages(grant, MessageQuery.of("hello"), PageRequest.newest(20));
      assertEquals(
          Set.copyOf(seen),
          Set.copyOf(hits.page().items().stream().map(m -> m.chatCanonicalId()).toList()));
      assertEquals(Set.copyOf(seen), hits.chats().keySet());
      var byName = ChatQuery.of("person", ChatQuery.Scope.PARTICIPANTS, null);
      var found = hub.hub().search().chats(grant, byName, PageRequest.newest(20));
      assertEquals(seen, found.items().stream().map(c -> c.canonicalId()).toList());
    }
    var grant = chats("!c1:x");
    var elsewhere =
        new MessageQuery(
            "hello", List.of("!c2:x"), List.of(), null, Set.of(), null, null, null, true, true);
    assertEquals(
        List.of(),
        hub.hub().search().messages(grant, elsewhere, PageRequest.newest(20)).page().items());
  }

  @Test
  void peopleAreThoseOfTheChats() {
    assertEquals(5, contacts(Grant.HUB, first).size());
    assertEquals(List.of("@p1:x", "@p3:x"), contacts(chats("!c3:x", "!c1:x"), first));
    assertEquals(List.of("@p2:x"), contacts(chats("!c2:x.scripted-2", "!c3:x"), second));
    assertEquals(5, contacts(accounts(first), first).size());
    assertThrows(HubException.class, () -> contacts(accounts(first), second));
    assertEquals(
        List.of("First person 3"),
        hub.hub().contacts().search(chats("!c3:x"), "scripted", "person").stream()
            .map(User::fullName)
            .toList());
    // Known to the account and in none of its chats.
    hub.network
        .client(first)
        .says(new MembersChanged("!c4:x", List.of(), List.of(new UserId("@p4:x")), false, null));
    assertEquals(5, contacts(Grant.HUB, first).size());
    assertEquals(4, contacts(accounts(first), first).size());
  }

  private List<String> contacts(Grant grant, AccountId account) {
    var result = new ArrayList<String>();
    var page = hub.hub().contacts().list(grant, account.value(), null, PageRequest.newest(1));
    while (!page.items().isEmpty()) {
      page.items().forEach(user -> result.add(user.id().value()));
      if (!page.hasMore()) {
        break;
      }
      var next = new PageRequest(page.oldestCursor(), Direction.BEFORE, 1);
      page = hub.hub().contacts().list(grant, account.value(), null, next);
    }
    return result;
  }

  @Test
  void accountsAreThoseOfTheChats() {
    assertEquals(List.of(first, second), ids(Grant.HUB));
    assertEquals(List.of(second), ids(chats("!c0:x.scripted-2")));
    assertEquals(List.of(first), ids(accounts(first)));
    assertEquals(List.of(), ids(chats()));
  }

  private List<AccountId> ids(Grant grant) {
    return hub.hub().accounts().list(grant).stream().map(account -> account.id()).toList();
  }

  @Test
  void unknownAndForbiddenChatsAreRefusedAlike() {
    var grant = chats("!c1:x");
    var local = local("!c2:x").toString();
    for (var id : List.of("!c2:x", local, "!c1:x.scripted-2", "!nobody:x", "77")) {
      for (var call : calls(grant, id)) {
        var refusal = assertThrows(HubException.class, call::run);
        assertEquals("Chat not found", refusal.getMessage());
        assertEquals(HubException.Reason.NOT_FOUND, refusal.reason());
      }
    }
    calls(grant, "!c1:x").forEach(Runnable::run);
  }

  private List<Runnable> calls(Grant grant, String chat) {
    return List.of(
        () -> hub.chats().get(grant, chat, 0),
        () -> hub.chats().markRead(grant, chat, null),
        () -> hub.chats().markUnread(grant, chat, null),
        () -> hub.chats().update(grant, chat, ChatPatch.archive(true)),
        () -> hub.messages().list(grant, chat, PageRequest.newest(5)),
        () -> hub.messages().send(grant, chat, new Messages.NewMessage("x", null, List.of())),
        () -> hub.hub().reminders().clear(grant, chat));
  }

  @Test
  void whatMayNotBeWrittenIsNotSoughtFor() {
    var reader = new Grant("t", Set.of(Scope.READ), null, null);
    for (var chat : List.of("!c1:x", "!nobody:x")) {
      var refusal =
          assertThrows(HubException.class, () -> hub.chats().markUnread(reader, chat, null));
      assertEquals(HubException.Reason.FORBIDDEN, refusal.reason());
    }
  }

  @Test
  void messagesOfOtherChatsAreUnknown() {
    var grant = chats("!c1:x");
    var outside = hub.all("!c2:x", 1).getFirst();
    hub.network.answerAll(null);
    var pending =
        hub.messages()
            .send(Grant.HUB, "!c2:x", new Messages.NewMessage("secret", null, List.of()))
            .pendingId();
    for (var id : List.of(outside.id().toString(), "$2", pending, "m1234567890123456", "12345")) {
      for (Runnable call :
          List.<Runnable>of(
              () -> hub.messages().get(grant, "!c1:x", id),
              () -> hub.messages().delete(grant, "!c1:x", id, true),
              () -> hub.messages().edit(grant, "!c1:x", id, "mine"),
              () -> hub.chats().markRead(grant, "!c1:x", id),
              () -> hub.hub().reactions().add(grant, "!c1:x", id, "👍", null))) {
        var refusal = assertThrows(HubException.class, call::run);
        assertEquals("Message not found", refusal.getMessage());
      }
    }
  }

  @Test
  void changesAreThoseOfTheGrant() {
    var grant = chats("!c1:x", "!c0:x.scripted-2");
    var seen = grant.chats();
    var heard = heard(grant, 3);
    assertTrue(heard.size() >= 4, heard.toString());
    assertTrue(
        heard.stream()
            .allMatch(change ->
                switch (change) {
                  case Change.ChatUpserted it -> Objects.requireNonNull(seen).contains(it.chat());
                  case Change.MessageUpserted it ->
                      Objects.requireNonNull(seen).contains(it.chat());
                  case Change.AccountChanged _ -> true;
                  case Change.ChatDeleted _, Change.MessageDeleted _ -> false;
                }));
    assertEquals(heard, heard(grant, 100));
    var ofAccount = heard(accounts(second), 7);
    assertTrue(
        ofAccount.stream()
            .allMatch(change ->
                !(change instanceof Change.AccountChanged it) || it.account().equals(second)));
    assertNotEquals(ofAccount, heard(Grant.HUB, 7));
    assertEquals(heard(Grant.HUB, 2), heard(accounts(first, second), 3));
    assertEquals(List.of(), heard(chats(), 5));
  }

  private List<Change> heard(Grant grant, int limit) {
    var result = new ArrayList<Change>();
    long seq = 0;
    while (seq < hub.lastChange()) {
      var stretch = hub.hub().changes().after(grant, seq, limit);
      assertTrue(stretch.upTo() > seq && stretch.changes().size() <= limit);
      result.addAll(stretch.changes());
      seq = stretch.upTo();
    }
    return result;
  }

  @Test
  void tokensKeepTheirLimits() {
    var tokens = hub.hub().tokens();
    var made =
        tokens.create(
            "bot",
            Set.of(Scope.READ),
            Duration.ofDays(1),
            new Tokens.Limits(List.of("scripted"), List.of("!c1:x", local("!c2:x").toString())));
    assertEquals(List.of("!c1:x", "!c2:x"), made.token().chats());
    for (int i = 0; i < 2; i++) {
      var grant = tokens.authenticate(made.secret()).orElseThrow();
      assertEquals(Set.of(first), grant.accounts());
      assertEquals(List.of("!c2:x", "!c1:x"), listed(grant));
      assertEquals(made.token().accounts(), tokens.list().getFirst().accounts());
      hub.advance(Duration.ofMinutes(2)); // what is kept in memory is read anew
      hub.restart();
      tokens = hub.hub().tokens();
    }
    var unlimited = tokens.create("me", Set.of(Scope.READ), null);
    assertEquals(null, unlimited.token().chats());
    assertTrue(tokens.authenticate(unlimited.secret()).orElseThrow().isUnlimited());
  }

  @Test
  void limitsThatNameNothingAreErrors() {
    assertRefused("Account \"matrix\" not found", List.of("matrix"), List.of());
    assertRefused("Chat \"!nobody:x\" not found", List.of(), List.of("!nobody:x"));
    assertRefused("Chat \"\" not found", List.of(), List.of("!c1:x", ""));
    assertRefused("not among those named", List.of("scripted-2"), List.of("!c1:x"));
    assertEquals(List.of(), hub.hub().tokens().list());
  }

  private void assertRefused(String told, List<String> accounts, List<String> chats) {
    var refusal =
        assertThrows(
            HubException.class,
            () ->
                hub.hub()
                    .tokens()
                    .create("t", Set.of(Scope.READ), null, new Tokens.Limits(accounts, chats)));
    assertTrue(String.valueOf(refusal.getMessage()).contains(told), refusal.getMessage());
  }

  @Test
  void anotherAccountOfTheSameIdIsNotSeen() throws Exception {
    var made =
        hub.hub()
            .tokens()
            .create(
                "t", Set.of(Scope.READ), null, new Tokens.Limits(List.of("scripted-2"), List.of()));
    assertEquals(5, listed(hub.hub().tokens().authenticate(made.secret()).orElseThrow()).size());
    hub.hub().accounts().remove(second, true);
    assertEquals(second, hub.addAccount("@third:x"));
    say(second, 1);
    assertEquals(6, listed(Grant.HUB).size());
    var grant = hub.hub().tokens().authenticate(made.secret()).orElseThrow();
    assertEquals(List.of(), listed(grant));
    assertEquals(List.of(), ids(grant));
  }
}
