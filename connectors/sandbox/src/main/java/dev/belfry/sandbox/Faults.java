package dev.belfry.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What shall go wrong with the next send into a chat. */
final class Faults {
  /**
   * @param slow how long the network takes to answer
   * @param late how long the echo keeps the hub waiting
   * @param reject whether it is refused
   * @param retryable whether the refusal says that it may be tried again
   */
  record Armed(Duration slow, Duration late, boolean reject, boolean retryable) {
    static final Armed NOTHING = new Armed(Duration.ZERO, Duration.ZERO, false, false);

    Armed slowBy(Duration time) {
      return new Armed(time, late, reject, retryable);
    }

    Armed lateBy(Duration time) {
      return new Armed(slow, time, reject, retryable);
    }

    Armed refused(boolean mayRetry) {
      return new Armed(slow, late, true, mayRetry);
    }
  }

  private final Map<String, Armed> byChat = new HashMap<>();

  synchronized void slowNext(String chatKey, Duration time) {
    byChat.put(chatKey, armed(chatKey).slowBy(time));
  }

  synchronized void lateNext(String chatKey, Duration time) {
    byChat.put(chatKey, armed(chatKey).lateBy(time));
  }

  synchronized void rejectNext(String chatKey, boolean retryable) {
    byChat.put(chatKey, armed(chatKey).refused(retryable));
  }

  private Armed armed(String chatKey) {
    return byChat.getOrDefault(chatKey, Armed.NOTHING);
  }

  /** What hits the send that is going on; the one after it is spared. */
  synchronized Armed take(String chatKey) {
    Armed armed = byChat.remove(chatKey);
    return armed == null ? Armed.NOTHING : armed;
  }
}
