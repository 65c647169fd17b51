package dev.belfry.model;

/**
 * A member of a chat.
 *
 * @param user who
 * @param isAdmin has administrator's rights in this chat
 * @param isNetworkBot is a bot of the network or of its bridge
 * @param isPending invited and not joined
 */
public record Participant(User user, boolean isAdmin, boolean isNetworkBot, boolean isPending) {
  /** An ordinary member. */
  public static Participant of(User user) {
    return new Participant(user, false, false, false);
  }
}
