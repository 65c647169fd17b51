package dev.belfry.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Capabilities.Setting;
import dev.belfry.api.Capabilities.State;
import dev.belfry.api.Level;
import dev.belfry.model.ChatType;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent.ChatChanged;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a chat says of itself that can be done in it. */
@Tag("unit")
class WhatCanBeChangedTest {
  private static final String ROOM = "!room:example.org";
  private static final Setting YES = new Setting(Level.FULL);
  private static final Setting FORBIDDEN = new Setting(Level.REJECTED);
  private static final Setting UNKNOWN_TO_MATRIX = new Setting(Level.UNSUPPORTED);

  @TempDir Path folder;

  @Test
  void anInvitationAcceptedSaysWhatCanBeDone() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    State invited = settings(world.read(invitation(), false));
    assertEquals(new State(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNKNOWN_TO_MATRIX), invited);
    Heard joined = world.read(SyncWorld.joined(ROOM, SyncWorld.stateOf(powers("{}"))), false);
    assertTrue(updates(joined).stream().noneMatch(update -> update.capabilities() != null));
  }

  @Test
  void powersDecide() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    world.read(invitation(), false);
    world.read(SyncWorld.joined(ROOM, SyncWorld.stateOf(powers("{}"))), false);
    String more = "{\"%s\":50}".formatted(FakeLink.ME);
    Heard raised = world.read(SyncWorld.joined(ROOM, SyncWorld.stateOf(powers(more))), false);
    assertEquals(new State(YES, YES, YES, UNKNOWN_TO_MATRIX), settings(raised));
    String topicOnly =
        "{\"type\":\"m.room.power_levels\",\"state_key\":\"\",\"content\":"
            + "{\"state_default\":100,\"events\":{\"m.room.topic\":0}}}";
    Heard lowered = new SyncWorld(folder).read(inTimeline(topicOnly), false);
    assertEquals(new State(FORBIDDEN, YES, FORBIDDEN, UNKNOWN_TO_MATRIX), settings(lowered));
  }

  @Test
  void aBridgeKnowsBetter() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    world.read(SyncWorld.joined(ROOM, SyncWorld.stateOf(powers("{}"))), false);
    String features = "{\"type\":\"com.beeper.room_features\",\"state_key\":\"\",\"content\":%s}";
    String named = "{\"state\":{\"m.room.name\":{\"level\":2}}}";
    Heard said = world.read(inTimeline(features.formatted(named)), false);
    assertEquals(YES, settings(said).title());
    String more = "{\"%s\":100}".formatted(FakeLink.ME);
    Heard raised = new SyncWorld(folder).read(inTimeline(powers(more)), false);
    assertTrue(updates(raised).stream().noneMatch(update -> update.capabilities() != null));
    Heard gone = new SyncWorld(folder).read(inTimeline(features.formatted("{}")), false);
    assertEquals(new State(YES, YES, YES, UNKNOWN_TO_MATRIX), settings(gone));
  }

  @Test
  void aDirectChatMadeHereIsOneBeforeTheAccountSaysSo() throws Exception {
    SyncWorld world = new SyncWorld(folder);
    world.settings.openedDirect(ROOM);
    Heard heard = world.read(SyncWorld.joined(ROOM, SyncWorld.stateOf(powers("{}"))), false);
    assertEquals(ChatType.SINGLE, updates(heard).getFirst().type());
  }

  private static String inTimeline(String event) {
    return SyncWorld.joined(ROOM, SyncWorld.timeline(false, event));
  }

  private static String powers(String users) {
    return "{\"type\":\"m.room.power_levels\",\"state_key\":\"\",\"content\":{\"users\":%s}}"
        .formatted(users);
  }

  private static String invitation() {
    return "{\"rooms\":{\"invite\":{\"%s\":{\"invite_state\":{\"events\":[%s]}}}}}"
        .formatted(
            ROOM, "{\"type\":\"m.room.name\",\"state_key\":\"\",\"content\":{\"name\":\"Come\"}}");
  }

  private static List<ChatUpdate> updates(Heard heard) {
    return heard.of(ChatChanged.class, ROOM).stream().map(ChatChanged::update).toList();
  }

  private static State settings(Heard heard) {
    var can =
        updates(heard).stream()
            .map(ChatUpdate::capabilities)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    State state = can.state();
    assertNotNull(state);
    return state;
  }
}
