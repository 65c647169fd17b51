package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.model.Message;
import dev.belfry.network.NetworkEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * One timeline, cut anywhere into history and what comes live, gives one chat: whatever aims at a
 * message may be known before it.
 */
@Tag("hub")
class AnyOrderTest {
  @TempDir Path temp;

  private static final List<NetworkEvent> TIMELINE =
      List.of(
          Said.message("$1", Said.ALICE, "one"),
          Said.message("$2", Said.BOB, "two"),
          Said.reply("$3", Said.ALICE, "three", "$1"),
          Said.edit("$4", Said.ALICE, "$1", "one, first edit"),
          Said.reaction("$5", Said.BOB, "$1", "+"),
          Said.reaction("$6", Said.ALICE, "$2", "-"),
          Said.deletion("$7", Said.BOB, "$5"),
          Said.edit("$8", Said.BOB, "$1", "forged"),
          Said.mention("$9", Said.BOB, "four"),
          Said.edit("$10", Said.BOB, "$9", "four, edited"),
          Said.deletion("$11", Said.BOB, "$9"),
          Said.edit("$12", Said.ALICE, "$1", "one, last edit"),
          Said.hidden("$13", Said.BOB),
          Said.mention("$14", Said.BOB, "five"),
          Said.message("$15", Said.ALICE, "six"),
          Said.message("$16", Said.BOB, "seven"),
          Said.edit("$17", Said.BOB, "$16", "secret seven"),
          Said.deletion("$18", Said.BOB, "$17"),
          Said.message("$19", Said.ALICE, "eight"),
          Said.edit("$20", Said.ALICE, "$19", "eight, edited"),
          Said.edit("$21", Said.ALICE, "$19", "secret eight"),
          Said.deletion("$22", Said.ALICE, "$21"));

  @TestFactory
  Stream<DynamicTest> cutAnywhere() throws Exception {
    var expected =
        List.of(
            "$1 one, last edit edited",
            "$2 two [@alice:x -]",
            "$3 three answers $1",
            "$9 deleted",
            "$14 five mentions",
            "$15 six",
            "$16 seven",
            "$19 eight, edited edited");
    var tests = new ArrayList<DynamicTest>();
    for (int cut = 0; cut < TIMELINE.size(); cut++) {
      for (int size : List.of(1, 4, 100)) {
        int at = cut;
        tests.add(
            DynamicTest.dynamicTest(
                "%d from history in pages of %d".formatted(cut, size),
                () -> assertEquals(expected, shown(at, size))));
      }
    }
    return tests.stream();
  }

  private List<String> shown(int cut, int pageSize) throws Exception {
    var folder = Files.createDirectory(temp.resolve(cut + "-" + pageSize));
    try (var hub = TestHub.connected(folder)) {
      hub.network.history(token -> Timeline.page(TIMELINE, token, pageSize));
      var live = new ArrayList<NetworkEvent>();
      live.add(Said.gap(Integer.toString(cut)));
      live.addAll(TIMELINE.subList(cut, TIMELINE.size()));
      hub.client().says(live);
      Eventually.holds("history is filled", () -> hub.number("SELECT count(*) FROM gap") == 0);
      assertEquals(7, hub.chat().read().unreadCount());
      assertEquals(1, hub.chat().read().unreadMentions());
      assertEquals(
          0, hub.number("SELECT count(*) FROM message WHERE body LIKE 'four%'"), "deleted text");
      assertEquals(
          0, hub.number("SELECT count(*) FROM message WHERE body LIKE 'secret%'"), "taken back");
      var before = hub.all(3);
      hub.client().says(live);
      Eventually.holds("history is filled", () -> hub.number("SELECT count(*) FROM gap") == 0);
      assertEquals(before, hub.all(3), "seen twice");
      return before.reversed().stream().map(message -> line(hub, message)).toList();
    }
  }

  private static String line(TestHub hub, Message message) {
    var line = new StringBuilder(String.valueOf(message.networkKey()));
    line.append(message.isDeleted() ? " deleted" : " " + message.content().body());
    if (message.editedTimestamp() != null && !message.isDeleted()) {
      line.append(" edited");
    }
    if (!message.reactions().isEmpty()) {
      var first = message.reactions().getFirst();
      line.append(" [").append(first.participant()).append(' ').append(first.key()).append(']');
    }
    var linked = message.linkedMessage();
    if (linked != null) {
      line.append(" answers ").append(hub.message(linked.toString()).networkKey());
    }
    if (message.content().mentionsMe()) {
      line.append(" mentions");
    }
    return line.toString();
  }
}
