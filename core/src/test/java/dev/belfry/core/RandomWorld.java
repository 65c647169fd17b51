package dev.belfry.core;

import dev.belfry.api.Capabilities;
import dev.belfry.model.AccountId;
import dev.belfry.model.Grant;
import dev.belfry.model.MessageContent;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.Reacted;
import dev.belfry.network.NetworkEvent.Timeline;
import dev.belfry.store.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A network with a timeline a chat, people with skewed clocks, and the hub's inner parts without
 * their threads, so that a seed plays the same each time.
 */
final class RandomWorld implements AutoCloseable {
  private static final List<UserId> OTHERS = List.of(Said.ALICE, Said.BOB, new UserId("@carol:x"));

  private final Random random;
  private final HandClock clock = new HandClock("2026-05-01T10:00:00Z");
  private final Path file;
  private final Database database;
  private final Connection beside;
  private final Inbox inbox;
  private final Chats chats;
  private final Messages messages;
  private final Reactions reactions;
  private final RandomAnswers answers;
  private final Owner owner;
  private final Map<String, List<Timeline>> timelines = new HashMap<>();
  private final Map<String, Integer> told = new HashMap<>();
  private final List<List<NetworkEvent>> batches = new ArrayList<>();
  private int events;

  RandomWorld(Path folder, Random random) throws SQLException {
    this.random = random;
    file = folder.resolve("random.db");
    database = new Database(file, clock);
    beside = DriverManager.getConnection("jdbc:sqlite:" + file);
    inbox = new Inbox(database);
    var waits = new Waits(clock);
    var outbox = new Outbox(database, waits);
    chats = new Chats(database, outbox);
    messages = new Messages(database, outbox, new Backfill(database, inbox, waits));
    reactions = new Reactions(database, outbox);
    answers = new RandomAnswers(this, random);
    var id = new AccountId("scripted");
    long row =
        database.write(tx -> {
          long account = tx.accounts().add(id, "scripted", "Scripted", "me");
          tx.people().save(account, User.of(Said.ME, "Me").asSelf());
          return account;
        });
    owner = new Owner(row, id, "scripted", new AtomicBoolean(true));
    for (int i = 0; i < 4; i++) {
      timelines.put("!c" + i, new ArrayList<>());
      told.put("!c" + i, 0);
    }
  }

  List<String> chats() {
    return timelines.keySet().stream().sorted().toList();
  }

  Messages messages() {
    return messages;
  }

  Reactions reactions() {
    return reactions;
  }

  RandomAnswers answers() {
    return answers;
  }

  List<Timeline> timeline(String chat) {
    return timelines.getOrDefault(chat, List.of());
  }

  int indexOf(String chat, String key) {
    var timeline = timeline(chat);
    for (int i = 0; i < timeline.size(); i++) {
      if (timeline.get(i).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  boolean isKnown(String chat) {
    return number("SELECT count(*) FROM chat WHERE network_key = '" + chat + "'") == 1;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** What the sender's clock shows: right, a day slow, fast, in whole seconds, or nonsense. */
  Instant skewed() {
    var now = clock.instant();
    return switch (random.nextInt(8)) {
      case 0 -> now.minus(Duration.ofDays(1));
      case 1 -> now.plus(Duration.ofHours(3));
      case 2 -> Instant.ofEpochSecond(now.getEpochSecond());
      case 3 -> Instant.ofEpochMilli(random.nextInt(3));
      default -> now;
    };
  }

  /** Something new stands in a chat's timeline; the hub does not know it yet. */
  void happens(String chat) {
    for (int i = random.nextInt(6); i >= 0; i--) {
      timeline(chat).add(event(chat, "$" + events++));
    }
  }

  /** A key that nothing in the world has. */
  String freshKey() {
    return "$" + events++;
  }

  private Timeline event(String chat, String key) {
    var earlier = timeline(chat);
    var sender = random.nextInt(6) == 0 ? Said.ME : any(OTHERS);
    boolean own = sender.equals(Said.ME);
    var at = skewed();
    int kind = earlier.isEmpty() ? 9 : random.nextInt(14);
    var target = earlier.isEmpty() ? null : any(earlier);
    if (target == null || kind > 4) {
      var text = MessageContent.text("text of " + key);
      var content =
          switch (kind) {
            case 5 -> MessageContent.notice("hidden " + key, true);
            case 6, 7 -> text.withMentions(List.of(Said.ME.value()), !own);
            case 8 -> text.withReplyTo(target == null ? null : target.key());
            default -> text;
          };
      return new MessageReceived(chat, key, sender, own, content, at, null);
    }
    return switch (kind) {
      case 0, 1 -> {
        var by = random.nextInt(4) == 0 ? sender : target.sender();
        yield new MessageEdited(
            chat,
            key,
            by,
            by.equals(Said.ME),
            target.key(),
            MessageContent.text("edit " + key),
            at,
            null);
      }
      case 2 -> new MessageDeleted(chat, key, sender, target.key(), at, null);
      default ->
          new Reacted(
              chat, key, sender, own, target.key(), "r" + random.nextInt(3), true, null, at, null);
    };
  }

  /** The hub hears what is new in a chat, perhaps only the last of it. */
  void sync(String chat) {
    var timeline = timeline(chat);
    int from = told.getOrDefault(chat, 0);
    if (from == timeline.size()) {
      return;
    }
    var batch = new ArrayList<NetworkEvent>();
    if (random.nextInt(3) == 0 || from == 0) {
      from += random.nextInt(timeline.size() - from + 1);
      batch.add(new NetworkEvent.TimelineGap(chat, Integer.toString(from)));
    }
    if (!isKnown(chat)) {
      var can = Capabilities.builder().deleteForMe(true).build();
      var update = ChatUpdate.builder().capabilities(can).build();
      batch.add(new NetworkEvent.ChatChanged(chat, update));
    }
    batch.addAll(timeline.subList(from, timeline.size()));
    told.put(chat, timeline.size());
    accept(batch);
  }

  void syncAll() {
    chats().forEach(this::sync);
  }

  private void accept(List<NetworkEvent> batch) {
    inbox.accept(owner, batch);
    batches.add(batch);
  }

  /**
   * The hub died before it could acknowledge: the network says it once more. A gap with nothing
   * after it says where it lies only as long as nothing came later.
   */
  void replay() {
    int back = random.nextInt(3);
    var batch = batches.isEmpty() ? null : batches.get(Math.max(0, batches.size() - 1 - back));
    if (batch != null && (back == 0 || batch.stream().anyMatch(Timeline.class::isInstance))) {
      inbox.accept(owner, batch);
    }
  }

  void fillSome() {
    var gaps = database.read(Grant.HUB, tx -> tx.gaps().due(owner.row(), clock.instant(), 100));
    if (!gaps.isEmpty()) {
      var gap = any(gaps);
      var page =
          dev.belfry.core.Timeline.page(
              timeline(gap.chatKey()), gap.token(), 1 + random.nextInt(9));
      inbox.fill(owner, gap, page);
    }
  }

  void fillAll() {
    while (number("SELECT count(*) FROM gap") > 0) {
      fillSome();
    }
  }

  void readElsewhere(String chat) {
    var timeline = timeline(chat);
    if (timeline.isEmpty()) {
      return;
    }
    var source = any(List.of(NetworkEvent.ReadElsewhere.Source.values()));
    accept(
        List.of(
            random.nextInt(4) == 0
                ? new NetworkEvent.MarkedUnreadElsewhere(chat, random.nextBoolean())
                : new NetworkEvent.ReadElsewhere(chat, source, any(timeline).key())));
  }

  private @Nullable String anyMessage(String chat) {
    var timeline = timeline(chat);
    return timeline.isEmpty() || random.nextInt(4) == 0 ? null : any(timeline).key();
  }

  void markRead(String chat) {
    chats.markRead(Grant.HUB, chat, anyMessage(chat));
  }

  void markUnread(String chat) {
    chats.markUnread(Grant.HUB, chat, anyMessage(chat));
  }

  /**
   * The network is asked to do what is due, and what it does to a message is part of its timeline.
   */
  void perform() {
    for (var head : database.read(Grant.HUB, tx -> tx.outbox().heads(owner.row()))) {
      var attempt = database.write(tx -> OutboxSteps.begin(tx, head, "DEVICE"));
      attempt.ifPresent(a -> {
        var outcome = answers.to(a.action());
        database.write(tx -> {
          OutboxSteps.finish(tx, a, outcome);
          return true;
        });
      });
    }
  }

  /** Until nothing is left to be asked, by a network that does everything now. */
  void settle() {
    answers.obey();
    for (int i = 0; number("SELECT count(*) FROM outbox") > 0; i++) {
      if (i > 10_000) {
        throw new AssertionError("the outbox is never empty");
      }
      perform();
      syncAll();
      fillAll();
      passTime();
    }
  }

  void passTime() {
    clock.advance(Duration.ofMillis(random.nextInt(20_000)));
    var overdue = database.read(Grant.HUB, tx -> tx.outbox().overdue(owner.row(), clock.instant()));
    database.write(tx -> {
      overdue.forEach(entry -> OutboxSteps.overdue(tx, entry));
      return true;
    });
  }

  long number(String query) {
    try (var statement = beside.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getLong(1) : 0;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The pending ids of a chat's messages that a condition holds for. */
  List<String> pendingIds(String chat, String table, String condition) {
    try (var statement =
        beside.prepareStatement(
            "SELECT t.pending_id FROM %s t JOIN chat c ON c.id = t.chat WHERE c.network_key = ? AND t.pending_id IS NOT NULL AND %s"
                .formatted(table, condition))) {
      statement.setString(1, chat);
      var result = new ArrayList<String>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          result.add(rows.getString(1));
        }
      }
      return result;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  record Row(long place, String key, boolean placedHere) {}

  /** What has a key in a chat, in the order of places. */
  List<Row> places(String chat) {
    try (var statement =
        beside.prepareStatement(
            """
            SELECT m.id, m.network_key, m.flags & 32 FROM message m JOIN chat c ON c.id = m.chat
            WHERE c.network_key = ? AND m.network_key IS NOT NULL ORDER BY m.id
            """)) {
      statement.setString(1, chat);
      var result = new ArrayList<Row>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          result.add(new Row(rows.getLong(1), rows.getString(2), rows.getInt(3) != 0));
        }
      }
      return result;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The keys of a chat by place, each with its position in the timeline, and where gaps end. */
  String describe(String chat) {
    var text = new StringBuilder();
    for (var row : places(chat)) {
      text.append('\n').append(row.place()).append(' ').append(row.key());
      text.append(" is ").append(indexOf(chat, row.key())).append(row.placedHere() ? " by us" : "");
    }
    for (var gap :
        database.read(Grant.HUB, tx -> tx.gaps().due(owner.row(), clock.instant(), 100))) {
      text.append(gap.chatKey().equals(chat) ? "\n" + gap : "");
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      beside.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    database.close();
  }
}
