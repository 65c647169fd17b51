package dev.belfry.model;

/**
 * How far the user has read a chat.
 *
 * @param readUpTo everything placed at or below this is read; 0 when nothing is
 * @param unreadCount others' visible messages above it
 * @param unreadMentions those of them that mention the user or everyone
 * @param markedUnread the flag that a person sets by hand; independent of the count
 */
public record ReadState(long readUpTo, int unreadCount, int unreadMentions, boolean markedUnread) {
  public static final ReadState NOTHING_READ = new ReadState(0, 0, 0, false);
}
