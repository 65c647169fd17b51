package dev.belfry.core;

import dev.belfry.network.Action;
import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.Reacted;
import dev.belfry.network.NetworkEvent.Timeline;
import dev.belfry.network.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * How the random world's network takes what it is asked to do: at once, later, with its answer
 * lost, or not at all. What it does is part of its timelines; a repeat it knows by its transaction.
 */
final class RandomAnswers {
  private final RandomWorld world;
  private final Random random;
  private final Map<String, String> done = new HashMap<>();
  private final Set<String> goneForMe = new HashSet<>();
  private boolean obeys;

  RandomAnswers(RandomWorld world, Random random) {
    this.world = world;
    this.random = random;
  }

  /** From now on everything is done when it is asked. */
  void obey() {
    obeys = true;
  }

  /** Whether the network has a message no longer for its owner, whatever its timeline holds. */
  boolean isGoneForMe(String key) {
    return goneForMe.contains(key);
  }

  Outcome to(Action action) {
    return switch (action) {
      case Action.SendMessage send -> asked(send.chatKey(), send.transaction(), of(send));
      case Action.EditMessage edit -> asked(edit.chatKey(), edit.transaction(), of(edit));
      case Action.DeleteMessage deletion -> deletion(deletion);
      case Action.React react -> asked(react.chatKey(), react.transaction(), of(react));
      case Action.Unreact unreact -> asked(unreact.chatKey(), unreact.transaction(), of(unreact));
      case Action.MarkRead _,
          Action.MarkUnread _,
          Action.SetFlag _,
          Action.SetTitle _,
          Action.SetDescription _,
          Action.SetAvatar _,
          Action.SetMessageExpiry _ ->
          one(4) ? later() : one(2) ? new Outcome.Done("") : new Outcome.Unsupported();
    };
  }

  private Outcome deletion(Action.DeleteMessage deletion) {
    if (deletion.forEveryone()) {
      return asked(deletion.chatKey(), deletion.transaction(), of(deletion));
    }
    if (one(4)) {
      return later();
    }
    if (one(6)) {
      return new Outcome.Rejected("no", "No.", false);
    }
    goneForMe.add(deletion.targetKey());
    return new Outcome.Done("");
  }

  /**
   * @param event as it would stand in the timeline
   */
  private Outcome asked(String chat, String transaction, Timeline event) {
    var before = done.get(transaction);
    if (before != null) {
      return one(4) ? later() : new Outcome.Done(before);
    }
    if (one(4)) {
      return later();
    }
    if (one(6)) {
      return one(4)
          ? new Outcome.Unsupported()
          : new Outcome.Rejected("no", "No.", random.nextBoolean());
    }
    done.put(transaction, event.key());
    world.timeline(chat).add(event);
    if (random.nextInt(3) == 0) {
      world.sync(chat);
    }
    if (one(6)) {
      return later(); // it was done, and nobody here knows
    }
    boolean awaitsEcho = event instanceof MessageReceived && random.nextBoolean();
    return awaitsEcho ? new Outcome.AwaitEcho() : new Outcome.Done(event.key());
  }

  private static Outcome later() {
    return new Outcome.RetryLater(Duration.ofSeconds(1), "busy");
  }

  private boolean one(int of) {
    return !obeys && random.nextInt(of) == 0;
  }

  private Timeline of(Action.SendMessage send) {
    return new MessageReceived(
        send.chatKey(),
        world.freshKey(),
        Said.ME,
        true,
        send.content(),
        world.skewed(),
        send.transaction());
  }

  private Timeline of(Action.EditMessage edit) {
    return new MessageEdited(
        edit.chatKey(),
        world.freshKey(),
        Said.ME,
        true,
        edit.targetKey(),
        edit.content(),
        world.skewed(),
        edit.transaction());
  }

  private Timeline of(Action.DeleteMessage deletion) {
    return new MessageDeleted(
        deletion.chatKey(),
        world.freshKey(),
        Said.ME,
        deletion.targetKey(),
        world.skewed(),
        deletion.transaction());
  }

  private Timeline of(Action.React react) {
    return new Reacted(
        react.chatKey(),
        world.freshKey(),
        Said.ME,
        true,
        react.targetKey(),
        react.reaction(),
        true,
        null,
        world.skewed(),
        react.transaction());
  }

  private Timeline of(Action.Unreact unreact) {
    return new MessageDeleted(
        unreact.chatKey(),
        world.freshKey(),
        Said.ME,
        unreact.reactionKey(),
        world.skewed(),
        unreact.transaction());
  }
}
