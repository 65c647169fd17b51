package dev.belfry.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belfry.homeserver.Json;
import dev.belfry.homeserver.MatrixRoom;
import dev.belfry.homeserver.Patience;
import dev.belfry.homeserver.Synapse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A homeserver with its neighbourhood, and a server that has Alice's account there. One for all
 * test classes, because making it takes longer than most tests: a test works in rooms of its own
 * and leaves both servers running.
 */
final class Stage implements AutoCloseable {
  private static final Set<String> ONLINE = Set.of("connected", "backfilling");
  final Synapse synapse;
  final Neighbourhood people;
  final BelfryServer belfry;
  final OfficialSdk sdk;

  private Stage() {
    Synapse.missing().ifPresent(reason -> assumeTrue(false, reason));
    synapse = Synapse.start(Workspace.fresh("synapse"));
    people = Neighbourhood.on(synapse);
    belfry = BelfryServer.in("matrix").start();
    belfry.addMatrix(synapse.url(), "alice", Neighbourhood.PASSWORD);
    sdk = belfry.sdk();
    awaitOnline(sdk);
  }

  /** Waits until the first account is connected; it may still fetch history. */
  static void awaitOnline(OfficialSdk sdk) {
    Patience.seconds(60).until("connected", () -> account(sdk), Stage::isOnline);
  }

  /** Waits until the first account has a status. */
  static void awaitStatus(OfficialSdk sdk, String status) {
    Patience.seconds(60)
        .until(status, () -> account(sdk), account -> account.at("status").text().equals(status));
  }

  /** Whether an account is connected; it may still fetch history. */
  static boolean isOnline(Json account) {
    return ONLINE.contains(account.at("status").text());
  }

  private static Json account(OfficialSdk sdk) {
    return sdk.call("accounts.list").at(0);
  }

  /**
   * A new group of Bob and Alice, for a test of its own, as Bob has it; here already, and Alice can
   * write in it.
   */
  MatrixRoom freshChat(String name) {
    var room = people.freshGroup(name);
    chatOnce("joined", room, chat -> !chat.at("isReadOnly").isTrue());
    return room;
  }

  /** The same, encrypted as clients do it. */
  MatrixRoom freshEncryptedChat(String name) {
    return freshEncryptedChat(name, "m.megolm.v1.aes-sha2");
  }

  /** A new group of Bob and Alice that says of itself to be encrypted in some way. */
  MatrixRoom freshEncryptedChat(String name, String algorithm) {
    var encryption =
        Map.of(
            "type", "m.room.encryption",
            "state_key", "",
            "content", Map.of("algorithm", algorithm));
    var room =
        people.bob.createRoom(
            Map.of(
                "preset",
                "private_chat",
                "name",
                name,
                "invite",
                List.of(people.alice.id()),
                "initial_state",
                List.of(encryption)));
    room.joinedBy(people.alice);
    chatOnce("the chat is here", room, chat -> chat.at("title").text().equals(name));
    return room;
  }

  /** A chat as it is now. */
  Json chat(MatrixRoom room) {
    return sdk.call("chats.retrieve", room.id());
  }

  /** A chat as soon as it is as expected. */
  Json chatOnce(String expected, MatrixRoom room, Predicate<Json> fits) {
    return Patience.USUAL.until(expected, () -> chat(room), fits);
  }

  /** A chat with so many unread messages. */
  Json chatWithUnread(long count, MatrixRoom room) {
    return chatOnce(count + " unread", room, chat -> chat.at("unreadCount").number() == count);
  }

  /** The message that the homeserver knows under an event id, as soon as it is here. */
  Json message(MatrixRoom room, String eventId) {
    return Patience.USUAL.until(
        "the message " + eventId + " is here",
        () -> Optional.of(sdk.call("messages.retrieve", eventId, Map.of("chatID", room.id()))));
  }

  /** The same, as soon as it is as expected. */
  Json messageOnce(String expected, MatrixRoom room, String eventId, Predicate<Json> fits) {
    return Patience.USUAL.until(
        expected, () -> sdk.call("messages.retrieve", eventId, Map.of("chatID", room.id())), fits);
  }

  /** All messages of a chat through all pages, oldest first. */
  List<Json> messages(MatrixRoom room) {
    return sdk.all("messages.list", room.id(), Map.of("limit", 200)).reversed();
  }

  /** The texts of those. */
  List<String> texts(MatrixRoom room) {
    return messages(room).stream()
        .flatMap(message -> message.at("text").maybeText().stream())
        .toList();
  }

  @Override
  public void close() {
    sdk.close();
    belfry.close();
    synapse.close();
  }

  /** Gives the stage to the constructors of test classes. */
  static final class Provider implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(Stage.class))
          .computeIfAbsent(Stage.class, _ -> new Stage());
    }
  }
}
