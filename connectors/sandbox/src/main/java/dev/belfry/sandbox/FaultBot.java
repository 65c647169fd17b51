package dev.belfry.sandbox;

import dev.belfry.model.Delivery;
import dev.belfry.model.MessageContent;
import dev.belfry.model.UserId;
import dev.belfry.network.NetworkEvent;
import dev.belfry.sandbox.world.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Answers in the chat "Faults" and does what it is told. */
final class FaultBot {
  private static final Duration DELAY = Duration.ofMillis(200);

  private final SimulatedNetwork network;

  FaultBot(SimulatedNetwork network) {
    this.network = network;
  }

  /**
   * What has to be in force as soon as a command is taken, as the next message may come before the
   * answer.
   */
  void arm(String chatKey, String text) {
    switch (FaultCommand.parse(text)) {
      case FaultCommand.Late late -> network.faults().lateNext(chatKey, late.time());
      case FaultCommand.Reject reject -> network.faults().rejectNext(chatKey, reject.retryable());
      case FaultCommand.Slow slow -> network.faults().slowNext(chatKey, slow.time());
      case FaultCommand.Drop _,
          FaultCommand.Duplicate _,
          FaultCommand.Storm _,
          FaultCommand.Help _,
          FaultCommand.Mistake _ -> {}
    }
  }

  List<Step> to(NetworkEvent.MessageReceived message, Person bot) {
    return switch (FaultCommand.parse(message.content().body())) {
      case FaultCommand.Drop drop ->
          List.of(
              step(
                  message,
                  bot,
                  "The link breaks now, for " + shown(drop.time()) + ".",
                  () -> network.drop(drop.time())),
              // carried out by the link that follows
              step(message, bot, "The link is back.", () -> {}));
      case FaultCommand.Duplicate _ ->
          List.of(
              step(
                  message,
                  bot,
                  "The next message or reaction will be delivered twice.",
                  network::duplicateNext));
      case FaultCommand.Late late ->
          List.of(
              step(
                  message,
                  bot,
                  "The echo of your next message here comes " + shown(late.time()) + " late.",
                  () -> {}));
      case FaultCommand.Reject reject ->
          List.of(
              step(
                  message,
                  bot,
                  "Your next message here is refused"
                      + (reject.retryable() ? "; it may be tried again." : " for good."),
                  () -> {}));
      case FaultCommand.Slow slow ->
          List.of(
              step(
                  message,
                  bot,
                  "Your next message here is taken after " + shown(slow.time()) + ".",
                  () -> {}));
      case FaultCommand.Storm storm -> List.of(storm(message, bot, storm.messages()));
      case FaultCommand.Help _ -> List.of(step(message, bot, FaultCommand.HELP, () -> {}));
      case FaultCommand.Mistake mistake -> List.of(step(message, bot, mistake.answer(), () -> {}));
    };
  }

  private static Step step(
      NetworkEvent.MessageReceived message, Person bot, String answer, Runnable after) {
    return new Step(DELAY, (keys, now) -> answer(message, bot, answer, keys, now), after);
  }

  private static List<NetworkEvent> answer(
      NetworkEvent.MessageReceived message,
      Person bot,
      String answer,
      Happening.Keys keys,
      Instant now) {
    return List.of(
        new NetworkEvent.DeliveryChanged(
            message.chatKey(), message.key(), new Delivery.Delivered(now, List.of(bot.id()))),
        Answers.read(message, bot.id(), now),
        new NetworkEvent.MessageReceived(
            message.chatKey(),
            keys.next(message.chatKey()),
            bot.id(),
            false,
            MessageContent.notice(answer, false).withReplyTo(message.key()),
            now,
            null));
  }

  private Step storm(NetworkEvent.MessageReceived message, Person bot, int messages) {
    String chatKey = message.chatKey();
    List<UserId> voices =
        network
            .world()
            .contacts(network.ledger().still(() -> network.ledger().chat(chatKey)).plan())
            .stream()
            .map(Person::id)
            .toList();
    return Step.of(
        DELAY,
        (keys, now) -> {
          List<NetworkEvent> events =
              new ArrayList<>(answer(message, bot, "Here they come.", keys, now));
          for (int i = 1; i <= messages; i++) {
            events.add(
                new NetworkEvent.MessageReceived(
                    chatKey,
                    keys.next(chatKey),
                    voices.get(i % voices.size()),
                    false,
                    MessageContent.text("Storm " + i + " of " + messages),
                    now,
                    null));
          }
          return events;
        });
  }

  private static String shown(Duration time) {
    return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
