package dev.belfry.sandbox;

import dev.belfry.model.ChatType;
import dev.belfry.network.Action;
import dev.belfry.network.NetworkEvent;
import dev.belfry.network.Outcome;
import dev.belfry.sandbox.world.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** How the simulated network takes a message, with the faults that are armed. */
final class Sending {
  /** Has the echo answered. */
  interface Answering {
    void answer(NetworkEvent.MessageReceived echo, int done);
  }

  private final SimulatedNetwork network;
  private final Pause pause;
  private final Tasks tasks;
  private final Answering answering;
  private final FaultBot bot;
  private final Set<String> late = ConcurrentHashMap.newKeySet();

  Sending(SimulatedNetwork network, Pause pause, Tasks tasks, Answering answering) {
    this.network = network;
    this.pause = pause;
    this.tasks = tasks;
    this.answering = answering;
    this.bot = new FaultBot(network);
  }

  Outcome send(Plan plan, Action.SendMessage asked, BooleanSupplier up)
      throws InterruptedException {
    Action.SendMessage send = asked;
    Optional<String> known = network.ledger().keyOf(send.transaction());
    if (known.isPresent()) {
      return new Outcome.Done(known.get());
    }
    if (late.contains(send.transaction())) {
      return new Outcome.AwaitEcho();
    }
    String refusal = plan.sendRefusal();
    if (refusal != null) {
      return new Outcome.Rejected("forbidden", refusal, false);
    }
    boolean command =
        plan.answering() == Plan.Answering.FAULTS && FaultCommand.isCommand(send.content().body());
    Faults.Armed armed = command ? Faults.Armed.NOTHING : network.faults().take(send.chatKey());
    if (armed.slow().isPositive()) {
      pause.await(armed.slow());
    }
    if (!up.getAsBoolean()) {
      return new Outcome.RetryLater(Duration.ofSeconds(1), "The link broke on the way.");
    }
    if (armed.reject()) {
      return new Outcome.Rejected(
          armed.retryable() ? "try_again" : "forbidden",
          "The sandbox network was told to refuse this message.",
          armed.retryable());
    }
    try {
      send = network.files().taken(send);
    } catch (IOException e) {
      return new Outcome.Rejected(
          "file_gone", "The file of this message cannot be read any more.", false);
    }
    if (armed.late().isPositive()) {
      return later(send, armed.late());
    }
    if (command) {
      bot.arm(send.chatKey(), send.content().body());
    }
    String key = echo(send);
    return plan.type() == ChatType.SINGLE ? new Outcome.Done(key) : new Outcome.AwaitEcho();
  }

  private Outcome later(Action.SendMessage send, Duration time) {
    late.add(send.transaction());
    boolean started =
        tasks.start(() -> {
          try {
            pause.await(time);
          } finally {
            // the message was taken: when the link ends early its echo waits for the next one
            echo(send);
            late.remove(send.transaction());
          }
        });
    if (!started) {
      late.remove(send.transaction());
      return new Outcome.RetryLater(Duration.ofSeconds(1), "The link broke on the way.");
    }
    return new Outcome.AwaitEcho();
  }

  private String echo(Action.SendMessage send) {
    Ledger ledger = network.ledger();
    List<NetworkEvent> echo =
        ledger.happen(
            null,
            0,
            (keys, now) ->
                ledger.keyOf(send.transaction()).isPresent()
                    ? List.of()
                    : List.of(
                        new NetworkEvent.MessageReceived(
                            send.chatKey(),
                            keys.next(send.chatKey()),
                            network.world().self(),
                            true,
                            send.content(),
                            now,
                            send.transaction())));
    for (NetworkEvent event : echo) {
      answering.answer((NetworkEvent.MessageReceived) event, 0);
    }
    return ledger.keyOf(send.transaction()).orElseThrow();
  }
}
