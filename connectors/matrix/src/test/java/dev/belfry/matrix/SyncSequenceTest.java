package dev.belfry.matrix;

import static dev.belfry.matrix.SyncWorld.joined;
import static dev.belfry.matrix.SyncWorld.stateOf;
import static dev.belfry.matrix.SyncWorld.timeline;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Field;
import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.room.Move;
import dev.belfry.matrix.room.Room;
import dev.belfry.model.ChatType;
import dev.belfry.model.MessageContent;
import dev.belfry.model.Participant;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent.ChatChanged;
import dev.belfry.network.NetworkEvent.ChatGone;
import dev.belfry.network.NetworkEvent.ChatsListed;
import dev.belfry.network.NetworkEvent.MarkedUnreadElsewhere;
import dev.belfry.network.NetworkEvent.MembersChanged;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.TimelineGap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one sync answer changes of what earlier ones said, over restarts too. */
@Tag("unit")
class SyncSequenceTest {
  private static final String ROOM = "!r:example.org";
  private static final String CREATE =
      """
      {"type":"m.room.create","event_id":"$0","sender":"@bob:example.org","state_key":"","origin_server_ts":1,"content":{"room_version":"10"}}\
      """;

  @TempDir Path folder;

  private static String message(String id) {
    return """
    {"type":"m.room.message","event_id":"%s","sender":"@bob:example.org","origin_server_ts":1750000000000,"content":{"msgtype":"m.text","body":"hello"}}\
    """
        .formatted(id);
  }

  private static String stateEvent(String type, String key, String content) {
    return """
    {"type":"%s","event_id":"$%s","sender":"@bob:example.org","state_key":"%s","origin_server_ts":1750000000000,"content":%s}\
    """
        .formatted(type, type, key, content);
  }

  private SyncWorld begun() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    world.read(joined(ROOM, stateOf(CREATE) + "," + timeline(true, message("$1"))), true);
    return world;
  }

  @Test
  void aLaterSyncSaysOnlyWhatIsNew() throws Exception {
    begun();
    Heard heard = new SyncWorld(folder).read(joined(ROOM, timeline(false, message("$2"))), false);
    assertEquals(1, heard.all().size());
    assertEquals("$2", heard.of(MessageReceived.class, ROOM).getFirst().key());
  }

  @Test
  void aLimitedTimelineIsAGapAndOneThatBeginsTheRoomIsNone() throws Exception {
    SyncWorld world = begun();
    Heard heard = world.read(joined(ROOM, timeline(true, message("$3"))), false);
    assertEquals(List.of(new TimelineGap(ROOM, "p1")), heard.of(TimelineGap.class, ROOM));
    Heard other = world.read(joined("!n:example.org", timeline(false, CREATE)), false);
    assertTrue(other.of(TimelineGap.class, "!n:example.org").isEmpty());
  }

  @Test
  void aNameThatGoesLeavesTheAliasAndThenNothing() throws Exception {
    SyncWorld world = begun();
    world.read(
        joined(
            ROOM,
            timeline(
                false,
                stateEvent("m.room.name", "", "{\"name\":\"Pub\"}"),
                stateEvent("m.room.canonical_alias", "", "{\"alias\":\"#pub:example.org\"}"))),
        false);
    Heard alias =
        world.read(joined(ROOM, timeline(false, stateEvent("m.room.name", "", "{}"))), false);
    assertEquals(
        Field.of("#pub:example.org"),
        alias.of(ChatChanged.class, ROOM).getFirst().update().title());
    Heard nothing =
        world.read(
            joined(ROOM, timeline(false, stateEvent("m.room.canonical_alias", "", "{}"))), false);
    assertEquals(Field.nothing(), nothing.of(ChatChanged.class, ROOM).getFirst().update().title());
  }

  @Test
  void directChatsComeAndGoWithAccountData() throws Exception {
    begun();
    String direct =
        """
        {"account_data":{"events":[{"type":"m.direct","content":{"@bob:example.org":["%s","!unknown:example.org"]}}]}}
        """
            .formatted(ROOM);
    Heard single = new SyncWorld(folder).read(direct, false);
    assertEquals(ChatType.SINGLE, single.of(ChatChanged.class, ROOM).getFirst().update().type());
    assertEquals(1, single.all().size());
    assertTrue(new SyncWorld(folder).read(direct, false).all().isEmpty());
    Heard group =
        new SyncWorld(folder)
            .read(
                "{\"account_data\":{\"events\":[{\"type\":\"m.direct\",\"content\":{}}]}}", false);
    assertEquals(ChatType.GROUP, group.of(ChatChanged.class, ROOM).getFirst().update().type());
  }

  @Test
  void mutingGoesBothWays() throws Exception {
    SyncWorld world = begun();
    String rules =
        """
        {"account_data":{"events":[{"type":"m.push_rules","content":{"global":{"room":[{"rule_id":"%s","enabled":true,"actions":[%s]}]}}}]}}
        """;
    Heard muted = world.read(rules.formatted(ROOM, ""), false);
    assertEquals(true, muted.of(ChatChanged.class, ROOM).getFirst().update().muted());
    Heard loud = world.read(rules.formatted(ROOM, "\"notify\""), false);
    assertEquals(false, loud.of(ChatChanged.class, ROOM).getFirst().update().muted());
  }

  @Test
  void powersDecideWhoIsAdminAndWhoMayWrite() throws Exception {
    SyncWorld world = begun();
    world.read(
        joined(
            ROOM,
            timeline(
                false,
                stateEvent("m.room.power_levels", "", "{\"users\":{\"@bob:example.org\":100}}"))),
        false);
    Heard heard =
        world.read(
            joined(
                ROOM,
                timeline(
                    false,
                    stateEvent(
                        "m.room.power_levels",
                        "",
                        "{\"events_default\":50,\"users\":{\"@bob:example.org\":100,\"@carol:example.org\":50}}"))),
            false);
    ChatUpdate update = heard.of(ChatChanged.class, ROOM).getFirst().update();
    assertEquals(true, update.readOnly());
    assertNotNull(update.sendRefusal().orNull());
    List<Participant> members = heard.of(MembersChanged.class, ROOM).getFirst().members();
    assertEquals(1, members.size());
    assertTrue(members.getFirst().isAdmin());
    assertNull(members.getFirst().user().fullName());
  }

  @Test
  void whoTookTheirNameAwayHasNone() throws Exception {
    SyncWorld world = begun();
    String bob = "@bob:example.org";
    String joined = stateEvent("m.room.member", bob, "{\"membership\":\"join\"}");
    String invited = stateEvent("m.room.member", bob, "{\"membership\":\"invite\"}");
    Heard heard = world.read(joined(ROOM, timeline(false, joined)), false);
    assertTrue(
        heard.of(MembersChanged.class, ROOM).getFirst().members().getFirst().user().profiled());
    heard = world.read(joined(ROOM, timeline(false, invited)), false);
    assertFalse(
        heard.of(MembersChanged.class, ROOM).getFirst().members().getFirst().user().profiled());
  }

  @Test
  void inVersionTwelveCreatorsAreAdmins() throws Exception {
    String create =
        CREATE.replace("\"10\"", "\"12\",\"additional_creators\":[\"@carol:example.org\"]");
    String carol = stateEvent("m.room.member", "@carol:example.org", "{\"membership\":\"join\"}");
    String powers = stateEvent("m.room.power_levels", "", "{\"users\":{}}");
    Heard heard =
        new SyncWorld(folder)
            .read(joined(ROOM, stateOf(create, powers, carol) + "," + timeline(false)), true);
    assertTrue(heard.of(MembersChanged.class, ROOM).getFirst().members().getFirst().isAdmin());
  }

  @Test
  void leavingEndsAChatAndBeingPutOutDoesNot() throws Exception {
    String leave = "{\"rooms\":{\"leave\":{\"%s\":{%s}}}}";
    String kick = stateEvent("m.room.member", FakeLink.ME, "{\"membership\":\"leave\"}");
    SyncWorld world = begun();
    Heard kicked = world.read(leave.formatted(ROOM, timeline(false, kick)), false);
    ChatUpdate update = kicked.of(ChatChanged.class, ROOM).getFirst().update();
    assertEquals(true, update.readOnly());
    assertTrue(kicked.of(ChatGone.class, ROOM).isEmpty());
    Heard left =
        world.read(
            leave.formatted(ROOM, timeline(false, kick.replace("@bob:example.org", FakeLink.ME))),
            false);
    assertEquals(List.of(new ChatGone(ROOM)), left.all());
    assertTrue(
        new SyncWorld(folder).read(leave.formatted(ROOM, timeline(false)), false).all().isEmpty());
  }

  @Test
  void anInvitationTakenBackGoes() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    world.read(SyncWorld.rich(), true);
    Heard gone = world.read("{\"rooms\":{\"leave\":{\"!invited:example.org\":{}}}}", false);
    assertEquals(List.of(new ChatGone("!invited:example.org")), gone.all());
  }

  @Test
  void anAcceptedInvitationCanBeWrittenTo() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    world.read(SyncWorld.rich(), true);
    String id = "!invited:example.org";
    Heard heard =
        world.read(joined(id, stateOf(CREATE) + "," + timeline(true, message("$i"))), false);
    ChatUpdate update = heard.of(ChatChanged.class, id).getFirst().update();
    assertEquals(false, update.readOnly());
    assertEquals(Field.nothing(), update.sendRefusal());
    assertEquals(ChatType.SINGLE, update.type());
    assertEquals(1, heard.of(TimelineGap.class, id).size());
  }

  @Test
  void aReplacedRoomSaysWhereItWentAndIsFollowed() throws Exception {
    SyncWorld world = begun();
    String tombstone =
        stateEvent(
            "m.room.tombstone",
            "",
            "{\"body\":\"Moved\",\"replacement_room\":\"!new:example.org\"}");
    Heard heard = world.read(joined(ROOM, timeline(false, tombstone)), false);
    ChatUpdate update = heard.of(ChatChanged.class, ROOM).getFirst().update();
    assertEquals(true, update.readOnly());
    assertTrue(String.valueOf(update.sendRefusal().orNull()).contains("!new:example.org"));
    assertFalse(heard.of(MessageReceived.class, ROOM).getFirst().content().hidden());
    assertEquals(
        new Move("example.org", false), new SyncWorld(folder).rooms.orUnknown(ROOM).move());
    world.rooms.moved(world.rooms.orUnknown(ROOM), null);
    world.read(joined(ROOM, timeline(false, tombstone)), false);
    assertNull(new SyncWorld(folder).rooms.orUnknown(ROOM).move());
  }

  @Test
  void clearTextInAnEncryptedRoomIsNotedAndOlderTextIsNot() throws Exception {
    SyncWorld world = begun();
    String encryption =
        stateEvent("m.room.encryption", "", "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}");
    String later = message("$later").replace("1750000000000", "1750000000001");
    Heard heard =
        world.read(joined(ROOM, timeline(false, message("$before"), encryption, later)), false);
    List<MessageContent> contents =
        heard.of(MessageReceived.class, ROOM).stream().map(MessageReceived::content).toList();
    assertEquals("hello", contents.getFirst().body());
    assertTrue(contents.getLast().body().startsWith("[Not encrypted"));
    assertTrue(contents.getLast().body().endsWith("\nhello"));
    assertTrue(new SyncWorld(folder).rooms.orUnknown(ROOM).isEncrypted());
  }

  @Test
  void aRoomThatNobodyHereCanEncryptForIsReadOnlyFromTheFirst() throws Exception {
    SyncWorld world = begun();
    String foreign = stateEvent("m.room.encryption", "", "{\"algorithm\":\"org.example.other\"}");
    Heard heard = world.read(joined(ROOM, timeline(false, foreign)), false);
    ChatUpdate update = heard.of(ChatChanged.class, ROOM).getFirst().update();
    assertEquals(true, update.readOnly());
    assertTrue(String.valueOf(update.sendRefusal().orNull()).contains("encrypted in a way"));
    String known = stateEvent("m.room.encryption", "", "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}");
    update =
        world
            .read(joined(ROOM, timeline(false, known)), false)
            .of(ChatChanged.class, ROOM)
            .getFirst()
            .update();
    assertEquals(false, update.readOnly());
  }

  @Test
  void anEditInClearThatComesBundledIsNotedToo() throws Exception {
    SyncWorld world = begun();
    String encryption = stateEvent("m.room.encryption", "", "{}");
    world.read(joined(ROOM, timeline(false, encryption)), false);
    world.link.keys.put(
        "$e",
        new MatrixLink.Decryption(
            "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"true\"}", null, true));
    String edit =
        message("$x")
            .replace("1750000000000", "1760000000000")
            .replace(
                "\"body\":\"hello\"",
                "\"body\":\"* false\",\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"false\"},\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$e\"}");
    String sealed =
        message("$e")
            .replace("m.room.message", "m.room.encrypted")
            .replace(
                "\"content\"",
                "\"unsigned\":{\"m.relations\":{\"m.replace\":" + edit + "}},\"content\"");
    Heard heard = world.read(joined(ROOM, timeline(false, sealed)), false);
    assertEquals("true", heard.of(MessageReceived.class, ROOM).getFirst().content().body());
    MessageContent edited = heard.of(MessageEdited.class, ROOM).getFirst().content();
    assertTrue(edited.body().startsWith("[Not encrypted"), edited.body());
  }

  @Test
  void whatIsNotSurelyTheSendersIsNoted() throws Exception {
    SyncWorld world = begun();
    world.link.keys.put(
        "$e",
        new MatrixLink.Decryption(
            "m.room.message",
            "{\"msgtype\":\"m.text\",\"body\":\"pay\",\"format\":\"org.matrix.custom.html\",\"formatted_body\":\"<b>pay</b>\"}",
            null,
            false));
    String sealed = message("$e").replace("m.room.message", "m.room.encrypted");
    Heard heard = world.read(joined(ROOM, timeline(false, sealed)), false);
    MessageContent content = heard.of(MessageReceived.class, ROOM).getFirst().content();
    assertTrue(content.body().startsWith("[Not verified"));
    assertTrue(String.valueOf(content.html()).startsWith("<p>[Not verified"));
  }

  @Test
  void nothingIsTakenBackWithinEncryption() throws Exception {
    SyncWorld world = begun();
    world.link.keys.put(
        "$e", new MatrixLink.Decryption("m.room.redaction", "{\"redacts\":\"$1\"}", null, true));
    String sealed = message("$e").replace("m.room.message", "m.room.encrypted");
    Heard heard = world.read(joined(ROOM, timeline(false, sealed)), false);
    assertTrue(heard.of(MessageReceived.class, ROOM).getFirst().content().hidden());
    assertEquals(1, heard.all().size());
  }

  @Test
  void missingKeysDoNotHoldUpASync() throws Exception {
    SyncWorld world = begun();
    String[] sealed = new String[50];
    for (int i = 0; i < sealed.length; i++) {
      sealed[i] =
          """
          {"type":"m.room.encrypted","event_id":"$e%d","sender":"@bob:example.org","origin_server_ts":1,"content":{"session_id":"s%d"}}
          """
              .formatted(i, i % 2);
    }
    Heard heard = world.read(joined(ROOM, timeline(false, sealed)), false);
    assertEquals(50, heard.of(MessageReceived.class, ROOM).size());
    assertEquals(2, world.link.waits.stream().filter(Duration::isPositive).count());
  }

  @Test
  void aFlagIsHeardInBothSpellingsAndClearedOnce() throws Exception {
    SyncWorld world = begun();
    String flag = "\"account_data\":{\"events\":[{\"type\":\"%s\",\"content\":{\"unread\":%s}}]}";
    Heard never = world.read(joined(ROOM, flag.formatted("m.marked_unread", false)), false);
    assertTrue(never.all().isEmpty());
    world.read(joined(ROOM, flag.formatted("com.famedly.marked_unread", true)), false);
    Heard cleared =
        new SyncWorld(folder)
            .read(joined(ROOM, flag.formatted("com.famedly.marked_unread", false)), false);
    assertEquals(List.of(new MarkedUnreadElsewhere(ROOM, false)), cleared.all());
  }

  @Test
  void whatAFirstSyncDoesNotMentionIsNotSet() throws Exception {
    Heard heard =
        new SyncWorld(folder)
            .read(joined(ROOM, stateOf(CREATE) + "," + timeline(false, message("$1"))), true);
    List<ChatUpdate> updates =
        heard.of(ChatChanged.class, ROOM).stream().map(ChatChanged::update).toList();
    assertTrue(updates.stream().anyMatch(update -> Boolean.FALSE.equals(update.muted())));
    assertTrue(updates.stream().anyMatch(update -> Boolean.FALSE.equals(update.pinned())));
    assertTrue(updates.stream().anyMatch(update -> Boolean.FALSE.equals(update.lowPriority())));
    assertEquals(
        List.of(new MarkedUnreadElsewhere(ROOM, false)),
        heard.of(MarkedUnreadElsewhere.class, ROOM));
  }

  @Test
  void aFirstSyncListsTheRoomsAndALaterOneDoesNot() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    ChatsListed listed =
        world.read(joined(ROOM, stateOf(CREATE)), true).of(ChatsListed.class, "").getFirst();
    assertEquals(Set.of(ROOM), listed.chatKeys());
    assertEquals(true, listed.others().readOnly());
    assertTrue(String.valueOf(listed.others().sendRefusal().orNull()).contains("no longer"));
    Heard later = world.read(joined(ROOM, timeline(false, message("$1"))), false);
    assertTrue(later.of(ChatsListed.class, "").isEmpty());
  }

  @Test
  void aRoomWhoseStateWasLostIsAskedFor() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    world.lostState =
        List.of(
            Json.parse(CREATE), Json.parse(stateEvent("m.room.name", "", "{\"name\":\"Pub\"}")));
    Heard heard = world.read(joined(ROOM, timeline(false, message("$1"))), false);
    assertEquals(Field.of("Pub"), heard.of(ChatChanged.class, ROOM).getFirst().update().title());
  }

  @Test
  void aRoomWhoseStateCannotBeHadIsNotTakenForUnencrypted() throws Exception {
    String encryption =
        stateEvent("m.room.encryption", "", "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}");
    SyncWorld world = new SyncWorld(folder);
    world.lostState = null;
    Heard heard = world.read(joined(ROOM, timeline(false, message("$1"))), false);
    ChatUpdate update = heard.of(ChatChanged.class, ROOM).getFirst().update();
    assertEquals(true, update.readOnly());
    assertFalse(world.rooms.orUnknown(ROOM).isWhole());
    world = new SyncWorld(folder);
    world.lostState = null;
    assertTrue(world.read("{}", false).all().isEmpty());
    world.lostState = List.of(Json.parse(CREATE), Json.parse(encryption));
    update = world.read("{}", false).of(ChatChanged.class, ROOM).getFirst().update();
    assertEquals(false, update.readOnly());
    Room room = new SyncWorld(folder).rooms.orUnknown(ROOM);
    assertTrue(room.isWhole());
    assertTrue(room.isEncrypted());
  }

  @Test
  void aRoomThatTheOwnerComesBackToIsAskedAnew() throws Exception {
    SyncWorld world = begun();
    String kick = stateEvent("m.room.member", FakeLink.ME, "{\"membership\":\"leave\"}");
    world.read(
        "{\"rooms\":{\"leave\":{\"%s\":{%s}}}}".formatted(ROOM, timeline(false, kick)), false);
    world = new SyncWorld(folder);
    world.lostState = null;
    world.read(joined(ROOM, timeline(false, message("$1"))), false);
    assertFalse(world.rooms.orUnknown(ROOM).isWhole());
  }

  @Test
  void theOrderOfTheAnswersPartsDoesNotMatter() throws Exception {
    String parts = timeline(true, message("$1")) + "," + stateOf(CREATE);
    Heard heard =
        new SyncWorld(folder)
            .read(
                "{\"rooms\":{\"join\":{\"%s\":{%s}}},\"account_data\":{\"events\":[{\"type\":\"m.direct\",\"content\":{\"@bob:example.org\":[\"%s\"]}}]}}"
                    .formatted(ROOM, parts, ROOM),
                true);
    assertEquals(ChatType.SINGLE, heard.of(ChatChanged.class, ROOM).getLast().update().type());
    int gap = heard.all().indexOf(new TimelineGap(ROOM, "p1"));
    assertTrue(heard.all().get(gap + 1) instanceof MessageReceived);
  }

  @Test
  void batchesStaySmall() throws Exception {
    StringBuilder rooms = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      rooms.append(i == 0 ? "" : ",");
      rooms.append(
          "\"!%d:example.org\":{%s,%s}"
              .formatted(i, stateOf(CREATE), timeline(true, message("$m"))));
    }
    Heard heard = new SyncWorld(folder).read("{\"rooms\":{\"join\":{" + rooms + "}}}", true);
    assertTrue(heard.batches.stream().allMatch(batch -> batch.size() <= 200));
    assertTrue(heard.batches.size() > 3);
  }
}
