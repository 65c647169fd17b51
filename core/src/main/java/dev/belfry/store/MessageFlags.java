package dev.belfry.store;

/** The bits of {@code message.flags}. Indexes name them by number: never change one. */
final class MessageFlags {
  /** Somebody else's, shown, not deleted: unread while it lies above the read marker. */
  static final int COUNTS = 1;

  static final int MENTIONS_OWNER = 2;
  static final int OWN = 4;

  /**
   * Keeps its place in the timeline and is never shown: state events, reactions, edits, deletions.
   */
  static final int HIDDEN = 8;

  static final int DELETED = 16;

  /** Put at the end of its chat by us; the network's timeline may have it elsewhere. */
  static final int PLACED_HERE = 32;

  private MessageFlags() {}

  static int of(boolean own, boolean hidden, boolean mentionsOwner) {
    return (own ? OWN : 0)
        | (hidden ? HIDDEN : 0)
        | (own || hidden ? 0 : COUNTS)
        | (mentionsOwner && !own && !hidden ? MENTIONS_OWNER : 0);
  }
}
