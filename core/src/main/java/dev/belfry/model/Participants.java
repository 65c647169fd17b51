package dev.belfry.model;

import java.util.List;

/**
 * The members of a chat, perhaps cut.
 *
 * @param items those given here
 * @param total how many there are
 */
public record Participants(List<Participant> items, int total) {
  public boolean hasMore() {
    return items.size() < total;
  }
}
