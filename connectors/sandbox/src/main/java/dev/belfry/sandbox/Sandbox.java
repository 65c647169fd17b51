package dev.belfry.sandbox;

import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.NetworkEvent.ReadElsewhere.Source;
import dev.belfry.sandbox.world.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The other end of an account's link, for tests: lets other people and the owner's other devices
 * act, and breaks things. What happens is kept and delivered like everything else on this network;
 * if the link is down, once it is up again. A chat key or a person that is not known here is an
 * {@link IllegalArgumentException}.
 */
public final class Sandbox {
  private final Supplier<SimulatedNetwork> found;

  /**
   * @param network finds it anew every time, as a new login may have replaced it
   */
  Sandbox(Supplier<SimulatedNetwork> network) {
    this.found = network;
  }

  private SimulatedNetwork network() {
    return found.get();
  }

  private Ledger ledger() {
    return found.get().ledger();
  }

  /** The owner; acting as them is acting on another device of theirs. */
  public UserId self() {
    return network().world().self();
  }

  /** The key of the chat with this title; a chat without one is called after its members. */
  public String chat(String title) {
    return network().world().plans().stream()
        .filter(plan -> network().world().title(plan).equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no chat is called " + title))
        .key();
  }

  /** How all chats were meant to be at the first start. */
  public List<Plan> plans() {
    return network().world().plans();
  }

  /** The titles of all chats. */
  public List<String> titles() {
    return network().world().plans().stream().map(network().world()::title).toList();
  }

  /** Those who can act in a chat, without the owner. */
  public List<UserId> contacts(String chatKey) {
    return ledger().still(() -> network().world().contacts(ledger().chat(chatKey).plan())).stream()
        .map(person -> person.id())
        .toList();
  }

  /** All of a chat's timeline, oldest first. */
  public List<NetworkEvent.Timeline> timeline(String chatKey) {
    return ledger().timeline(chatKey);
  }

  /** The key of the newest message. */
  public String newest(String chatKey) {
    return timeline(chatKey).reversed().stream()
        .filter(NetworkEvent.MessageReceived.class::isInstance)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing was said in " + chatKey))
        .key();
  }

  // ---- what people do

  /** Says something and gives its key. */
  public String say(String chatKey, UserId user, String text) {
    return say(chatKey, user, MessageContent.text(text));
  }

  /** Says something and gives its key. */
  public String say(String chatKey, UserId user, MessageContent content) {
    return timeline(
        chatKey,
        (key, now) ->
            new NetworkEvent.MessageReceived(
                chatKey, key, user, user.equals(self()), content, now, null));
  }

  /** Says much at once; all of it is there before any of it is delivered. */
  public void storm(String chatKey, UserId user, int messages) {
    ledger()
        .happen(
            null,
            0,
            (keys, now) ->
                IntStream.rangeClosed(1, messages)
                    .<NetworkEvent>mapToObj(i ->
                        new NetworkEvent.MessageReceived(
                            chatKey,
                            keys.next(chatKey),
                            user,
                            user.equals(self()),
                            MessageContent.text("Storm " + i + " of " + messages),
                            now,
                            null))
                    .toList());
  }

  /** Gives a message another text. */
  public String edit(String chatKey, UserId user, String targetKey, String text) {
    return timeline(
        chatKey,
        (key, now) ->
            new NetworkEvent.MessageEdited(
                chatKey,
                key,
                user,
                user.equals(self()),
                targetKey,
                MessageContent.text(text),
                now,
                null));
  }

  /** Takes a message or a reaction back. */
  public String delete(String chatKey, UserId user, String targetKey) {
    return timeline(
        chatKey,
        (key, now) -> new NetworkEvent.MessageDeleted(chatKey, key, user, targetKey, now, null));
  }

  /** Reacts with an emoji and gives the reaction's key. */
  public String react(String chatKey, UserId user, String targetKey, String emoji) {
    return timeline(
        chatKey,
        (key, now) ->
            new NetworkEvent.Reacted(
                chatKey, key, user, user.equals(self()), targetKey, emoji, true, null, now, null));
  }

  private interface Making {
    NetworkEvent.Timeline event(String key, Instant now);
  }

  private String timeline(String chatKey, Making making) {
    List<NetworkEvent> events =
        ledger().happen(null, 0, (keys, now) -> List.of(making.event(keys.next(chatKey), now)));
    return ((NetworkEvent.Timeline) events.getFirst()).key();
  }

  /** Another person reads up to a message. */
  public void readByOther(String chatKey, UserId user, String upToKey) {
    happen((_, now) -> List.of(new NetworkEvent.ReadByOther(chatKey, user, upToKey, now)));
  }

  /**
   * The network says how a message of the owner's fares: {@link Delivery.Delivered} or {@link
   * Delivery.Failed}.
   */
  public void delivery(String chatKey, String key, Delivery delivery) {
    happen((_, _) -> List.of(new NetworkEvent.DeliveryChanged(chatKey, key, delivery)));
  }

  // ---- what the owner does on another device

  /** Reads up to a message, as most devices do: with a receipt and the private marker. */
  public void readElsewhere(String chatKey, String upToKey) {
    happen((_, _) ->
        List.of(
            new NetworkEvent.ReadElsewhere(chatKey, Source.RECEIPT, upToKey),
            new NetworkEvent.ReadElsewhere(chatKey, Source.MARKER, upToKey)));
  }

  /** Moves the private marker only, perhaps back. */
  public void moveMarkerElsewhere(String chatKey, String upToKey) {
    happen((_, _) -> List.of(new NetworkEvent.ReadElsewhere(chatKey, Source.MARKER, upToKey)));
  }

  /** Sets the unread flag, or clears it. */
  public void markUnreadElsewhere(String chatKey, boolean markedUnread) {
    happen((_, _) -> List.of(new NetworkEvent.MarkedUnreadElsewhere(chatKey, markedUnread)));
  }

  /** Moves a chat into the archive, or out of it. */
  public void archiveElsewhere(String chatKey, boolean archived) {
    happen((_, _) ->
        List.of(
            new NetworkEvent.ChatChanged(
                chatKey, ChatUpdate.builder().archived(archived).build())));
  }

  private void happen(Happening happening) {
    ledger().happen(null, 0, happening);
  }

  /**
   * Delivers any events at all, once and to whoever is connected next. Nothing of them is kept on
   * the network().
   */
  public void pass(NetworkEvent... events) {
    network().pass(List.of(events));
  }

  // ---- what the network remembers of the owner

  /** The newest message that the owner's public or private receipt points at; empty for none. */
  public String receipt(String chatKey) {
    return ledger().still(() -> orEmpty(ledger().chat(chatKey).receipt()));
  }

  /** The message that the owner's private marker points at; empty for none. */
  public String marker(String chatKey) {
    return ledger().still(() -> orEmpty(ledger().chat(chatKey).marker()));
  }

  public boolean isMarkedUnread(String chatKey) {
    return ledger().still(() -> ledger().chat(chatKey).markedUnread());
  }

  public boolean isArchived(String chatKey) {
    return ledger().still(() -> ledger().chat(chatKey).archived());
  }

  private static String orEmpty(@Nullable String key) {
    return key == null ? "" : key;
  }

  // ---- faults

  /** Breaks the link; it stays down until {@link #up}. */
  public void down() {
    network().down();
  }

  /** Lets links be made again. */
  public void up() {
    network().up();
  }

  /** Breaks the link for a while, by the connector's clock. */
  public void drop(Duration time) {
    network().drop(time);
  }

  /** Ends the login, also over restarts: {@code run} throws until there is a new login. */
  public void logOut() {
    network().logOut();
  }

  /** Delivers the next message, edit, deletion or reaction twice. */
  public void duplicateNext() {
    network().duplicateNext();
  }

  /** Takes its time over the next send into a chat. */
  public void slowNext(String chatKey, Duration time) {
    network().faults().slowNext(chatKey, time);
  }

  /** Holds back the echo of the next send into a chat. */
  public void lateNext(String chatKey, Duration time) {
    network().faults().lateNext(chatKey, time);
  }

  /** Refuses the next send into a chat. */
  public void rejectNext(String chatKey, boolean retryable) {
    network().faults().rejectNext(chatKey, retryable);
  }
}
