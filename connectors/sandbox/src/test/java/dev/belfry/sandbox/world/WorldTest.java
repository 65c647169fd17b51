package dev.belfry.sandbox.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.AccountId;
import dev.belfry.model.ChatType;
import dev.belfry.model.MessageType;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.sandbox.media.MediaFolder;
import java.lang.Character.UnicodeScript;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class WorldTest {
  private static final Instant START = Instant.parse("2026-03-14T10:15:30.123Z");

  @TempDir Path folder;
  private World home;
  private World work;

  @BeforeEach
  void build() {
    home = world("sandbox");
    work = world("sandbox-2");
  }

  private World world(String account) {
    return new World(new AccountId(account), START, new MediaFolder(folder.resolve(account)));
  }

  private Stream<World> worlds() {
    return Stream.of(home, work);
  }

  private Stream<Plan> plans() {
    return worlds().flatMap(world -> world.plans().stream());
  }

  private Stream<Story> stories() {
    return worlds().flatMap(world -> world.plans().stream().map(world::story));
  }

  private <T> Stream<T> events(Class<T> kind) {
    return stories()
        .flatMap(story -> story.events().stream())
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  private void exists(String what, Predicate<MessageReceived> which) {
    assertTrue(events(MessageReceived.class).anyMatch(which), what);
  }

  @Test
  void isBigEnough() {
    assertTrue(plans().count() >= 40);
    assertTrue(events(MessageReceived.class).count() >= 5_000);
    assertTrue(stories().filter(story -> story.events().size() >= 1_500).count() >= 2);
  }

  @Test
  void hasEveryKindOfChat() {
    Map<String, Predicate<Plan>> kinds = new HashMap<>();
    kinds.put("direct", plan -> plan.type() == ChatType.SINGLE);
    kinds.put("group", plan -> plan.type() == ChatType.GROUP);
    kinds.put("archived", Plan::archived);
    kinds.put("muted", Plan::muted);
    kinds.put("pinned", Plan::pinned);
    kinds.put("low priority", Plan::lowPriority);
    kinds.put("unread", plan -> plan.unread() > 0);
    kinds.put("unread beyond the first sync", plan -> plan.unread() > 200);
    kinds.put("marked unread", Plan::markedUnread);
    kinds.put("marked unread and read", plan -> plan.markedUnread() && plan.unread() == 0);
    kinds.put("read only", Plan::readOnly);
    kinds.put("draft", plan -> plan.draft() != null);
    kinds.put("reminder", plan -> plan.reminder() != null);
    kinds.put("snooze", plan -> plan.snooze() != null);
    kinds.put("topic", plan -> plan.description() != null);
    kinds.put("timer", plan -> plan.expirySeconds() != null);
    kinds.put("without a title", plan -> plan.title() == null);
    kinds.put("empty", plan -> plan.messages() == 0);
    kinds.put("bridged", plan -> plan.network().contains("(simulated)"));
    kinds.put("shared", Plan::shared);
    kinds.forEach((name, kind) -> assertTrue(plans().anyMatch(kind), name));
    assertEquals(
        300, members("marathon").members().stream().map(m -> m.user().id()).distinct().count());
    assertEquals(300, members("marathon").total());
    assertEquals(1, plans().filter(plan -> "Everything".equals(plan.title())).count());
    assertEquals(1, plans().filter(plan -> "Faults".equals(plan.title())).count());
  }

  private NetworkEvent.MembersChanged members(String slug) {
    return home.members(home.plan("!" + slug + ":sandbox.local").orElseThrow());
  }

  @Test
  void hasEveryKindOfMessage() {
    for (MessageType type : MessageType.values()) {
      exists(type.name(), message -> message.content().type() == type);
    }
    exists("own", MessageReceived::fromMe);
    exists("reply", message -> message.content().replyToKey() != null);
    exists("html", message -> message.content().html() != null);
    exists("link", message -> !message.content().links().isEmpty());
    exists("hidden", message -> message.content().hidden());
    exists("several files", message -> message.content().attachments().size() > 1);
    exists("mentions me", message -> message.content().mentionsMe());
    exists("before mentions", message -> message.content().mentions() == null);
    exists("@room", message -> List.of("@room").equals(message.content().mentions()));
    assertTrue(
        events(NetworkEvent.MessageEdited.class).anyMatch(NetworkEvent.MessageEdited::fromMe));
    Set<String> reactions = new HashSet<>();
    events(NetworkEvent.Reacted.class).forEach(reaction -> reactions.add(reaction.key()));
    assertTrue(
        events(NetworkEvent.MessageDeleted.class).anyMatch(d -> reactions.contains(d.targetKey())));
    assertTrue(
        events(NetworkEvent.MessageDeleted.class)
            .anyMatch(d -> !reactions.contains(d.targetKey())));
    assertTrue(events(NetworkEvent.Reacted.class).anyMatch(r -> r.imgURL() != null && !r.emoji()));
  }

  @Test
  void isWrittenInManyScripts() {
    Set<UnicodeScript> said = EnumSet.noneOf(UnicodeScript.class);
    events(MessageReceived.class)
        .flatMapToInt(message -> message.content().body().codePoints())
        .forEach(letter -> said.add(UnicodeScript.of(letter)));
    Set<UnicodeScript> called = EnumSet.noneOf(UnicodeScript.class);
    home.people().stream()
        .flatMapToInt(person -> String.valueOf(person.fullName()).codePoints())
        .forEach(letter -> called.add(UnicodeScript.of(letter)));
    for (UnicodeScript script :
        List.of(
            UnicodeScript.LATIN,
            UnicodeScript.CYRILLIC,
            UnicodeScript.GREEK,
            UnicodeScript.ARABIC,
            UnicodeScript.HEBREW,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.THAI,
            UnicodeScript.HAN,
            UnicodeScript.HANGUL)) {
      assertTrue(said.contains(script), () -> "said in " + script);
      assertTrue(called.contains(script), () -> "called in " + script);
    }
    assertTrue(said.contains(UnicodeScript.HIRAGANA));
    assertTrue(
        home.people().stream()
            .anyMatch(person -> String.valueOf(person.fullName()).contains("🦊")));
  }

  @Test
  void noTextHasAGapLeft() {
    events(MessageReceived.class)
        .forEach(message ->
            assertFalse(message.content().body().contains("{"), () -> message.content().body()));
  }

  @Test
  void unreadIsAsPlanned() {
    worlds()
        .forEach(world ->
            world
                .plans()
                .forEach(plan -> {
                  Story story = world.story(plan);
                  List<NetworkEvent.Timeline> unread =
                      story.events().subList(story.read(), story.events().size());
                  assertTrue(unread.stream().noneMatch(e -> e.sender().equals(world.self())));
                  List<MessageReceived> counted =
                      unread.stream()
                          .filter(MessageReceived.class::isInstance)
                          .map(MessageReceived.class::cast)
                          .filter(m -> !m.content().hidden())
                          .toList();
                  assertEquals(plan.unread(), counted.size(), plan.slug());
                  assertEquals(
                      plan.mentions(),
                      counted.stream().filter(m -> m.content().mentionsMe()).count(),
                      plan.slug());
                }));
  }

  @Test
  void timelinesAreInOrderAndWhole() {
    worlds().forEach(world -> world.plans().forEach(plan -> check(plan, world.story(plan))));
  }

  private static void check(Plan plan, Story story) {
    Instant last = Instant.MIN;
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < story.events().size(); i++) {
      NetworkEvent.Timeline event = story.events().get(i);
      assertEquals(plan.eventKey(i), event.key());
      assertEquals(plan.key(), event.chatKey());
      assertFalse(event.timestamp().isBefore(last));
      assertFalse(event.timestamp().isAfter(START));
      last = event.timestamp();
      for (String target : targets(event)) {
        assertTrue(keys.contains(target), () -> event + " points at nothing");
      }
      keys.add(event.key());
    }
  }

  private static List<String> targets(NetworkEvent.Timeline event) {
    return switch (event) {
      case MessageReceived message -> {
        String reply = message.content().replyToKey();
        yield reply == null ? List.of() : List.of(reply);
      }
      case NetworkEvent.MessageEdited edit -> List.of(edit.targetKey());
      case NetworkEvent.MessageDeleted deletion -> List.of(deletion.targetKey());
      case NetworkEvent.Reacted reaction -> List.of(reaction.targetKey());
    };
  }

  @Test
  void sharedChatIsTheSameForBothAccounts() {
    String key = "!harbour:sandbox.local";
    assertEquals(
        shown(home, home.plan(key).orElseThrow(), "sandbox/"),
        shown(work, work.plan(key).orElseThrow(), "sandbox-2/"));
  }

  /** Without the folder, which differs. */
  private static List<String> shown(World world, Plan plan, String folder) {
    return world.story(plan).events().stream()
        .map(event -> event.toString().replace(folder, "/"))
        .toList();
  }

  @Test
  void accountsDiffer() {
    Set<String> keys = new HashSet<>();
    home.plans().forEach(plan -> keys.add(plan.key()));
    List<String> both = new ArrayList<>();
    work.plans().stream().map(Plan::key).filter(keys::contains).forEach(both::add);
    assertEquals(List.of("!harbour:sandbox.local"), both);
    assertFalse(home.self().equals(work.self()));
    assertFalse(world("sandbox-3").self().equals(work.self()));
  }

  @Test
  void buildingIsLight() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    World fresh = world("sandbox");
    int events = fresh.plans().stream().mapToInt(plan -> fresh.story(plan).events().size()).sum();
    long millis = (threads.getCurrentThreadCpuTime() - began) / 1_000_000;
    assertTrue(events > 4_000 && millis < 1_000, () -> "it took " + millis + " ms");
  }
}
