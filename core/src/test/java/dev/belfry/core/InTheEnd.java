package dev.belfry.core;

import dev.belfry.network.NetworkEvent.MessageDeleted;
import dev.belfry.network.NetworkEvent.MessageEdited;
import dev.belfry.network.NetworkEvent.MessageReceived;
import dev.belfry.network.NetworkEvent.Reacted;
import dev.belfry.network.NetworkEvent.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a whole timeline makes of one of its messages. */
final class InTheEnd {
  private InTheEnd() {}

  /** What a message says when everything has happened; null if it was deleted. */
  static @Nullable String text(List<Timeline> timeline, MessageReceived message) {
    var takenBack = takenBack(timeline);
    String text = message.content().body();
    Instant at = Instant.MIN;
    for (var event : timeline) {
      if (event instanceof MessageEdited edit
          && edit.targetKey().equals(message.key())
          && edit.sender().equals(message.sender())
          && !takenBack.contains(edit.key())
          && !edit.timestamp().isBefore(at)) {
        text = edit.content().body();
        at = edit.timestamp();
      }
      if (event instanceof MessageDeleted deletion && deletion.targetKey().equals(message.key())) {
        return null;
      }
    }
    return text;
  }

  private static Set<String> takenBack(List<Timeline> timeline) {
    return timeline.stream()
        .filter(MessageDeleted.class::isInstance)
        .map(e -> ((MessageDeleted) e).targetKey())
        .collect(Collectors.toSet());
  }

  static List<String> reactions(List<Timeline> timeline, MessageReceived message) {
    var deleted = takenBack(timeline);
    return timeline.stream()
        .filter(Reacted.class::isInstance)
        .map(Reacted.class::cast)
        .filter(r -> r.targetKey().equals(message.key()) && !deleted.contains(r.key()))
        .map(r -> r.sender() + r.reaction())
        .distinct()
        .sorted()
        .toList();
  }
}
