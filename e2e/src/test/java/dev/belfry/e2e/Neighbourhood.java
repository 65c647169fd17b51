package dev.belfry.e2e;

import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.MatrixUser;
import dev.belfry.homeserver.Synapse;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Alice's chats on a homeserver, as a person has them after some years: direct chats and groups, a
 * long history, invitations, favourites, what is muted or marked unread, bridged chats, an upgraded
 * room, encrypted ones.
 */
final class Neighbourhood {
  /** How many messages the chat "Long" has. */
  static final int LONG = 320;

  /** The password of everybody. */
  static final String PASSWORD = "correct horse";

  private static final long THEN = 1_700_000_000_000L;
  final Synapse synapse;
  final MatrixUser alice;
  final MatrixUser bob;
  final MatrixUser carol;
  final MatrixUser dave;
  private final Map<String, MatrixRoom> rooms = new LinkedHashMap<>();

  private Neighbourhood(Synapse synapse) {
    this.synapse = synapse;
    alice = person("alice", Color.RED);
    bob = person("bob", Color.BLUE);
    carol = person("carol", Color.GREEN);
    dave = person("dave", Color.GRAY);
  }

  static Neighbourhood on(Synapse synapse) {
    var neighbourhood = new Neighbourhood(synapse);
    neighbourhood.direct();
    neighbourhood.groups();
    neighbourhood.marks();
    neighbourhood.invitations();
    neighbourhood.bridged();
    neighbourhood.special();
    neighbourhood.ordinary();
    return neighbourhood;
  }

  /** A chat by the name that it has here; as its owner sees it, who is mostly not Alice. */
  MatrixRoom room(String name) {
    var room = rooms.get(name);
    if (room == null) {
      throw new IllegalArgumentException("no room named " + name);
    }
    return room;
  }

  /** The same as Alice has it. */
  MatrixRoom aliceIn(String name) {
    return aliceIn(room(name));
  }

  private MatrixRoom aliceIn(MatrixRoom room) {
    return alice.room(room.id());
  }

  /** The same as Bob has it. */
  MatrixRoom bobIn(String name) {
    return bob.room(room(name).id());
  }

  /** A new group of Bob and Alice. */
  MatrixRoom freshGroup(String name) {
    return bob.createGroup(name, alice).joinedBy(alice);
  }

  /** Carol comes into a room; as she has it. */
  MatrixRoom carolJoins(MatrixRoom room) {
    room.invite(carol);
    return carol.join(room.id());
  }

  private void direct() {
    var room = keep("Bob", bob.createDirect(alice).joinedBy(alice));
    alice.noteDirect(bob, room);
    String hello = room.say("hello Alice");
    String answer = alice.room(room.id()).reply(hello, "hello Bob");
    room.react(answer, "👍");
    room.edit(hello, "hello dear Alice");
    room.redact(room.say("taken back"));
    String picture = bob.upload(picture(Color.ORANGE), "image/png", "sun.png");
    room.send(
        "m.room.message",
        Map.of(
            "msgtype",
            "m.image",
            "body",
            "sun.png",
            "url",
            picture,
            "info",
            Map.of("mimetype", "image/png", "w", 32, "h", 32)));
    room.send("m.room.message", Map.of("msgtype", "m.emote", "body", "waves"));
    room.send("m.room.message", Map.of("msgtype", "m.notice", "body", "this is a notice"));
    room.send(
        "m.room.message",
        Map.of("msgtype", "m.location", "body", "here", "geo_uri", "geo:52.5,13.4"));
    room.send("m.room.message", Map.of("msgtype", "org.example.unheard", "body", "of a new kind"));
    room.send(
        "m.sticker",
        Map.of("body", "a sticker", "url", picture, "info", Map.of("mimetype", "image/png")));
    room.send(
        "m.room.message",
        Map.of(
            "msgtype", "m.text",
            "body", "bold",
            "format", "org.matrix.custom.html",
            "formatted_body", "<strong>bold</strong>"));
  }

  private void groups() {
    var gardeners = keep("Gardeners", bob.createGroup("Gardeners", alice, carol, dave));
    gardeners.joinedBy(alice, carol);
    gardeners.state("m.room.topic", "", Map.of("topic", "What grows where"));
    String avatar = bob.upload(picture(Color.GREEN), "image/png", "leaf.png");
    gardeners.state("m.room.avatar", "", Map.of("url", avatar));
    gardeners.say("who has seeds?");
    carol
        .room(gardeners.id())
        .send(
            "m.room.message",
            Map.of(
                "msgtype", "m.text",
                "body", "Alice: you have some",
                "m.mentions", Map.of("user_ids", List.of(alice.id()))));
    var history = keep("Long", bob.createGroup("Long", alice).joinedBy(alice));
    for (int i = 1; i <= LONG; i++) {
      history.say("message " + i);
    }
  }

  private void marks() {
    aliceIn(chat("Favourite")).marks().tag("m.favourite");
    aliceIn(chat("Low priority")).marks().tag("m.lowpriority");
    aliceIn(chat("Muted")).marks().mute();
    aliceIn(chat("Marked unread")).marks().markUnread(true);
    var read = chat("Read");
    aliceIn(read).marks().read(read.say("the last word"));
    var half = chat("Half read");
    aliceIn(half).marks().readPrivately(half.say("read up to here"));
    half.say("not read");
    half.say("not read either");
  }

  private void invitations() {
    keep("Invitation", carol.createGroup("Invitation", alice));
    keep("Dave", dave.createDirect(alice));
  }

  private void bridged() {
    var zoe = synapse.ghost("zoe").named("Zoe (Phone)");
    var yan = synapse.ghost("yan").named("Yan (Phone)");
    var puppet = synapse.puppet(alice);
    var direct =
        keep("Zoe (Phone)", portal(zoe, "zoe", Map.of("is_direct", true)).joinedBy(puppet));
    alice.noteDirect(zoe, direct);
    for (int i = 0; i < 6; i++) {
      var content = Map.of("msgtype", "m.text", "body", "old " + i);
      (i % 2 == 0 ? direct : puppet.room(direct.id()))
          .sendAt(THEN + i * 60_000L, "m.room.message", content);
    }
    var group =
        keep("Phone group", portal(zoe, "group", Map.of("name", "Phone group")).joinedBy(puppet));
    group.invite(yan).joinedBy(yan);
    yan.room(group.id()).say("hello from the other network");
  }

  private MatrixRoom portal(MatrixUser ghost, String channel, Map<String, ?> more) {
    var bridge =
        Map.of(
            "bridgebot",
            "@bridgebot:localhost",
            "creator",
            "@bridgebot:localhost",
            "protocol",
            Map.of("id", "phone", "displayname", "Phone"),
            "channel",
            Map.of("id", channel));
    var body = new LinkedHashMap<String, Object>(more);
    body.put("preset", "private_chat");
    body.put("invite", List.of(alice.id()));
    body.put(
        "initial_state",
        List.of(Map.of("type", "m.bridge", "state_key", "phone/" + channel, "content", bridge)));
    return ghost.createRoom(body);
  }

  private void special() {
    var old = keep("Old house", chat("House"));
    old.say("we move");
    var house = keep("House", old.upgrade("11"));
    house.invite(alice).joinedBy(alice);
    house.say("nice here");
    var encrypted =
        keep(
            "Unreadable",
            bob.createRoom(
                Map.of(
                    "preset",
                    "private_chat",
                    "name",
                    "Unreadable",
                    "invite",
                    List.of(alice.id()),
                    "initial_state",
                    List.of(ENCRYPTION))));
    encrypted.joinedBy(alice);
    encrypted.send(
        "m.room.encrypted",
        Map.of(
            "algorithm", "m.megolm.v1.aes-sha2",
            "ciphertext", "AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg",
            "session_id", "no such session",
            "sender_key", "no such key",
            "device_id", "NOSUCHDEV"));
  }

  /** The state event that turns encryption on. */
  static final Map<String, Object> ENCRYPTION =
      Map.of(
          "type", "m.room.encryption",
          "state_key", "",
          "content", Map.of("algorithm", "m.megolm.v1.aes-sha2"));

  private void ordinary() {
    for (int i = 1; i <= 15; i++) {
      chat("Ordinary " + i).say("another message");
    }
  }

  private MatrixRoom chat(String name) {
    var room = keep(name, freshGroup(name));
    room.say("a first message in " + name);
    return room;
  }

  private MatrixRoom keep(String name, MatrixRoom room) {
    rooms.put(name, room);
    return room;
  }

  private MatrixUser person(String name, Color color) {
    var user = synapse.register(name, PASSWORD);
    String shown = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return user.named(shown).pictured(user.upload(picture(color), "image/png", name + ".png"));
  }

  static byte[] picture(Color color) {
    var image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    var drawing = image.createGraphics();
    drawing.setColor(color);
    drawing.fillRect(0, 0, 32, 32);
    drawing.dispose();
    try (var bytes = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
