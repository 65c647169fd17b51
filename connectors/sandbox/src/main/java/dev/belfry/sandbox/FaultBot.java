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
      case FaultCommand.Storm storm -> storm(message, bot, storm);
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

  private List<Step> storm(
      NetworkEvent.MessageReceived message, Person bot, FaultCommand.Storm storm) {
    String chatKey = message.chatKey();
    List<UserId> voices =
        network
            .world()
            .contacts(network.ledger().still(() -> network.ledger().chat(chatKey)).plan())
            .stream()
            .map(Person::id)
            .toList();
    List<Happening> each = new ArrayList<>();
    for (int i = 1; i <= storm.messages(); i++) {
      UserId voice = voices.get(i % voices.size());
      String text = "Storm " + i + " of " + storm.messages();
      each.add((keys, now) -> List.of(stormy(chatKey, voice, text, keys, now)));
    }
    Happening begin = (keys, now) -> answer(message, bot, "Here they come.", keys, now);
    if (storm.aSecond() == 0) {
      each.addFirst(begin);
      return List.of(Step.of(DELAY, together(each)));
    }
    List<Step> steps = new ArrayList<>(List.of(Step.of(DELAY, begin)));
    Duration pause = Duration.ofSeconds(1).dividedBy(storm.aSecond());
    each.forEach(one -> steps.add(Step.of(pause, one)));
    return steps;
  }

  private static Happening together(List<Happening> all) {
    return (keys, now) -> {
      List<NetworkEvent> events = new ArrayList<>();
      all.forEach(one -> events.addAll(one.events(keys, now)));
      return events;
    };
  }

  private static NetworkEvent stormy(
      String chatKey, UserId voice, String text, Happening.Keys keys, Instant now) {
    return new NetworkEvent.MessageReceived(
        chatKey, keys.next(chatKey), voice, false, MessageContent.text(text), now, null);
  }

  private static String shown(Duration time) {
    return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
