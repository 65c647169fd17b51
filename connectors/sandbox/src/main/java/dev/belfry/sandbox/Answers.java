package dev.belfry.sandbox;

import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.model.UserId;
import dev.belfry.network.NetworkEvent;
import dev.belfry.sandbox.world.Person;
import dev.belfry.sandbox.world.Plan;
import dev.belfry.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What comes back when the owner writes: delivery, receipts, an answer. The same for the same
 * message.
 */
final class Answers {
  private static final Duration DELIVERED = Duration.ofMillis(300);
  private static final Duration READ = Duration.ofMillis(900);
  private static final Duration BOUNCED = Duration.ofMillis(700);
  private static final int FASTEST_MILLIS = 1_200;
  private static final int SLOWEST_MILLIS = 3_500;
  private static final int MOST_DELIVERED = 20;

  private final SimulatedNetwork network;
  private final World world;

  Answers(SimulatedNetwork network) {
    this.network = network;
    this.world = network.world();
  }

  List<Step> to(NetworkEvent.MessageReceived message) {
    Plan plan = network.ledger().still(() -> network.ledger().chat(message.chatKey())).plan();
    List<Person> contacts = world.contacts(plan);
    if (contacts.isEmpty()) {
      return List.of();
    }
    return switch (plan.answering()) {
      case ANSWERS -> answered(message, contacts);
      case SILENT -> List.of(delivered(message, contacts));
      case BOUNCES -> List.of(bounced(message));
      case FAULTS -> new FaultBot(network).to(message, contacts.getFirst());
    };
  }

  private List<Step> answered(NetworkEvent.MessageReceived message, List<Person> contacts) {
    Person answering = answering(message, contacts);
    int span = SLOWEST_MILLIS - FASTEST_MILLIS;
    Duration thinking = Duration.ofMillis(FASTEST_MILLIS + pick(message, "delay", span));
    return List.of(
        delivered(message, contacts),
        Step.of(READ, (_, now) -> List.of(read(message, answering.id(), now))),
        Step.of(
            thinking,
            (keys, now) -> {
              MessageContent answer =
                  MessageContent.text(world.answer(answering, message.content(), message.key()));
              boolean quotes = contacts.size() > 1 && pick(message, "quote", 2) == 0;
              return List.of(
                  new NetworkEvent.MessageReceived(
                      message.chatKey(),
                      keys.next(message.chatKey()),
                      answering.id(),
                      false,
                      quotes ? answer.withReplyTo(message.key()) : answer,
                      now,
                      null));
            }));
  }

  static NetworkEvent read(NetworkEvent.MessageReceived message, UserId reader, Instant now) {
    return new NetworkEvent.ReadByOther(message.chatKey(), reader, message.key(), now);
  }

  private static Step delivered(NetworkEvent.MessageReceived message, List<Person> contacts) {
    List<UserId> to = contacts.stream().limit(MOST_DELIVERED).map(Person::id).toList();
    return Step.of(
        DELIVERED,
        (_, now) ->
            List.of(
                new NetworkEvent.DeliveryChanged(
                    message.chatKey(), message.key(), new Delivery.Delivered(now, to))));
  }

  private static Step bounced(NetworkEvent.MessageReceived message) {
    return Step.of(
        BOUNCED,
        (_, now) ->
            List.of(
                new NetworkEvent.DeliveryChanged(
                    message.chatKey(),
                    message.key(),
                    new Delivery.Failed(
                        now, "not_reachable", "The phone has not been reached.", true))));
  }

  /** Whoever is mentioned, or else anybody who is no bot. */
  private static Person answering(NetworkEvent.MessageReceived message, List<Person> contacts) {
    List<String> mentions = message.content().mentions();
    List<Person> people = contacts.stream().filter(person -> !person.bot()).toList();
    List<Person> possible = people.isEmpty() ? contacts : people;
    return possible.stream()
        .filter(person -> mentions != null && mentions.contains(person.id().value()))
        .findFirst()
        .orElseGet(() -> possible.get(pick(message, "who", possible.size())));
  }

  private static int pick(NetworkEvent.MessageReceived message, String what, int choices) {
    return Math.floorMod((message.key() + what).hashCode(), choices);
  }
}
