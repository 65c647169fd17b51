package dev.belfry.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.model.MessageContent;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.Reacted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The finer points of reading messages. */
@Tag("unit")
class MessageReadingTest {
  private static final String ROOM = "!r:example.org";

  @TempDir Path folder;

  private List<NetworkEvent> read(String version, String... events) throws Exception {
    String create =
        """
        {"type":"m.room.create","event_id":"$0","sender":"@bob:example.org","state_key":"","content":{"room_version":"%s"}}
        """
            .formatted(version);
    String parts = SyncWorld.stateOf(create) + "," + SyncWorld.timeline(false, events);
    Heard heard = new SyncWorld(folder).read(SyncWorld.joined(ROOM, parts), true);
    return heard.all().stream().filter(e -> e instanceof NetworkEvent.Timeline).toList();
  }

  private MessageContent content(String content) throws Exception {
    List<NetworkEvent> events = read("10", event("$1", "m.room.message", content));
    return ((MessageReceived) events.getFirst()).content();
  }

  private static String event(String id, String type, String content) {
    return event(id, type, content, "{}");
  }

  private static String event(String id, String type, String content, String unsigned) {
    return """
    {"type":"%s","event_id":"%s","sender":"@bob:example.org","origin_server_ts":1750000000000,"content":%s,"unsigned":%s}
    """
        .formatted(type, id, content, unsigned);
  }

  private MessageContent html(String html) throws Exception {
    return content(
        """
        {"msgtype":"m.text","body":"plain","format":"org.matrix.custom.html","formatted_body":"%s"}
        """
            .formatted(html.replace("\"", "\\\"")));
  }

  @Test
  void htmlIsCutDownToWhatIsSafe() throws Exception {
    assertEquals(
        "<a href=\"https://example.org\" rel=\"noopener noreferrer\">x</a>",
        html("<a href=\"https://example.org\" onclick=\"alert(1)\" style=\"x\">x</a>").html());
    assertEquals(
        "<a rel=\"noopener noreferrer\">x</a>",
        html("<a href=\"javascript:alert(1)\">x</a>").html());
    assertEquals(
        "<img alt=\"cat\">", html("<img src=\"https://e.org/track.gif\" alt=\"cat\">").html());
    assertEquals(
        "<img src=\"mxc://e.org/a\">", html("<img src=\"mxc://e.org/a\" onerror=\"x\">").html());
    assertEquals(
        "<pre><code class=\"language-java\">x</code></pre>",
        html("<pre><code class=\"language-java evil\">x</code></pre>").html());
    assertEquals(
        "<span data-mx-spoiler=\"why\">x</span>",
        html("<span data-mx-spoiler=\"why\" class=\"y\">x</span>").html());
    assertNull(html("no tags &amp; nothing").html());
    assertNull(html("<script>alert(1)</script><style>x</style>").html());
    assertNull(html("<b>".repeat(3000) + "x").html());
  }

  @Test
  void aQuotationThatAPersonTypedStays() throws Exception {
    String reply =
        """
        {"msgtype":"m.text","body":"%s","m.relates_to":{"m.in_reply_to":{"event_id":"$x"}}}
        """;
    assertEquals(
        "> to be or not\n\nindeed", content(reply.formatted("> to be or not\\n\\nindeed")).body());
    assertEquals(
        "indeed",
        content(reply.formatted("> * <@carol:example.org> waves\\n> more\\n\\nindeed")).body());
    assertEquals("", content(reply.formatted("> <@carol:example.org> alone")).body());
  }

  @Test
  void mentionsOfOlderMessagesAreFoundInPills() throws Exception {
    MessageContent pill = html("<a href=\"https://matrix.to/#/%40alice%3Aexample.org\">Alice</a>");
    assertNull(pill.mentions());
    assertTrue(pill.mentionsMe());
    assertFalse(html("<a href=\"https://matrix.to/#/@bob:example.org\">Bob</a>").mentionsMe());
    assertTrue(html("<a href=\"matrix:u/alice:example.org\">Alice</a>").mentionsMe());
  }

  @Test
  void everybodyIsMentionedOnlyByWhoeverMay() throws Exception {
    String all = "{\"msgtype\":\"m.text\",\"body\":\"@room\",\"m.mentions\":{\"room\":true}}";
    assertTrue(content(all).mentionsMe(), "the creator may");
    List<NetworkEvent> other =
        read(
            "10",
            event("$1", "m.room.message", all).replace("@bob:example.org", "@mallory:example.org"));
    MessageContent content = ((MessageReceived) other.getFirst()).content();
    assertEquals(List.of("@room"), content.mentions());
    assertFalse(content.mentionsMe());
  }

  @Test
  void redactionsNameTheirTargetAsTheRoomsVersionHasIt() throws Exception {
    String both =
        event("$1", "m.room.redaction", "{\"redacts\":\"$inner\"}")
            .replace("\"unsigned\"", "\"redacts\":\"$outer\",\"unsigned\"");
    assertEquals("$outer", ((MessageDeleted) read("10", both).getFirst()).targetKey());
    Path other = folder.resolve("v11");
    assertTrue(other.toFile().mkdir());
    folder = other;
    assertEquals("$inner", ((MessageDeleted) read("11", both).getFirst()).targetKey());
  }

  @Test
  void aBundledEditIsToldUnlessItComesItself() throws Exception {
    String edit =
        """
        {"type":"m.room.message","event_id":"$edit","sender":"@bob:example.org","origin_server_ts":1750000005000,
        "content":{"msgtype":"m.text","body":"* b","m.new_content":{"msgtype":"m.text","body":"b"},"m.relates_to":{"rel_type":"m.replace","event_id":"$1"}}}
        """;
    String original =
        event(
            "$1",
            "m.room.message",
            "{\"msgtype\":\"m.text\",\"body\":\"a\"}",
            "{\"m.relations\":{\"m.replace\":" + edit + "}}");
    List<NetworkEvent> alone = read("10", original);
    assertEquals(2, alone.size());
    assertEquals("b", ((MessageEdited) alone.getLast()).content().body());
    assertEquals(2, read("10", original, edit).size());
  }

  @Test
  void whatWasTakenBackKeepsItsPlace() throws Exception {
    String gone =
        event(
            "$r",
            "m.reaction",
            "{}",
            "{\"redacted_because\":{\"event_id\":\"$x\",\"sender\":\"@bob:example.org\"}}");
    List<NetworkEvent> events = read("10", gone);
    assertTrue(((MessageReceived) events.getFirst()).content().hidden());
    assertEquals(1, events.size());
  }

  @Test
  void digitsAndWordsAreNoEmoji() throws Exception {
    String reaction =
        "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"$1\",\"key\":\"%s\"}}";
    for (String key : List.of("👍", "❤️", "👩‍👩‍👧", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇫🇷", "1️⃣", "👋🏽")) {
      assertTrue(
          ((Reacted) read("10", event("$2", "m.reaction", reaction.formatted(key))).getFirst())
              .emoji(),
          key);
    }
    for (String key : List.of("1", "+1", "yes", ":)", "#")) {
      assertFalse(
          ((Reacted) read("10", event("$2", "m.reaction", reaction.formatted(key))).getFirst())
              .emoji(),
          key);
    }
  }

  @Test
  void everyEventWithAnIdKeepsAPlace() throws Exception {
    List<NetworkEvent> events =
        read(
            "10",
            event("$1", "m.reaction", "{}"),
            event("$2", "m.room.redaction", "{}"),
            event("$3", "m.room.message", "{}"),
            event("$4", "m.key.verification.start", "{}"),
            event("$5", "org.matrix.msc3381.poll.response", "{}"),
            event(
                "$6",
                "m.room.message",
                "{\"msgtype\":\"m.text\",\"body\":\"x\",\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$1\"}}"));
    assertEquals(6, events.size());
    assertTrue(events.stream().allMatch(e -> ((MessageReceived) e).content().hidden()));
  }

  @Test
  void anEditedPollIsStillOne() throws Exception {
    String poll =
        """
        "org.matrix.msc3381.poll.start":{"question":{"body":"%s"},"answers":[{"id":"1","org.matrix.msc1767.text":"Tea"}]}\
        """;
    String type = "org.matrix.msc3381.poll.start";
    List<NetworkEvent> events =
        read(
            "10",
            event("$1", type, "{" + poll.formatted("Drink") + "}"),
            event(
                "$2",
                type,
                "{\"m.new_content\":{"
                    + poll.formatted("Drink now?")
                    + "},\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$1\"}}"));
    assertEquals("Poll: Drink\n1. Tea", ((MessageReceived) events.getFirst()).content().body());
    MessageEdited edited = (MessageEdited) events.getLast();
    assertEquals("$1", edited.targetKey());
    assertEquals("Poll: Drink now?\n1. Tea", edited.content().body());
  }

  @Test
  void timesThatNobodyLivesInAreClamped() throws Exception {
    List<NetworkEvent> events =
        read(
            "10",
            event("$1", "m.room.message", "{}").replace("1750000000000", "-5"),
            event("$2", "m.room.message", "{}").replace("1750000000000", "900000000000000000"));
    assertEquals(0, ((MessageReceived) events.getFirst()).timestamp().toEpochMilli());
    assertEquals(
        "9999-12-31T23:59:59.999Z", ((MessageReceived) events.getLast()).timestamp().toString());
  }

  @Test
  void encryptedFilesKeepWhatOpensThem() throws Exception {
    MessageContent video =
        content(
            """
            {"msgtype":"m.video","body":"v.mp4","file":{"url":"mxc://e.org/v","key":{"k":"a"}},
            "info":{"duration":2000,"thumbnail_file":{"url":"mxc://e.org/t","key":{"k":"b"}}}}
            """);
    assertEquals("mxc://e.org/t", video.attachments().getFirst().posterImg());
    String encryption = video.attachments().getFirst().encryption();
    assertNotNull(encryption);
    assertTrue(
        encryption.contains("\"mxc://e.org/t\":{\"url\":\"mxc://e.org/t\",\"key\":{\"k\":\"b\"}}"));
  }
}
