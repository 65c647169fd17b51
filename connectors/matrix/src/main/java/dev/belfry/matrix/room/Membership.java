package dev.belfry.matrix.room;

/** How the owner of the account stands to a room. */
public enum Membership {
  JOINED,
  INVITED,
  /** Was a member and was removed or banned; the room is kept. */
  LEFT
}
