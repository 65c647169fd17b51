package dev.belfry.core;

import dev.belfry.network.HistoryPage;
import dev.belfry.network.NetworkEvent;
import java.util.List;

/** A timeline that a network keeps; a token of its history is a position, "before the n-th". */
final class Timeline {
  private Timeline() {}

  static HistoryPage page(List<? extends NetworkEvent> all, String token, int size) {
    int end = Integer.parseInt(token);
    int start = Math.max(0, end - size);
    return new HistoryPage(
        List.copyOf(all.subList(start, end)), start == 0 ? null : Integer.toString(start));
  }
}
