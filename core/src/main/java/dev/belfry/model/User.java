package dev.belfry.model;

import org.jspecify.annotations.Nullable;

/**
 * A person on a network. What is unknown is null, and leaves alone what the hub knows already,
 * except where the network has told all of it.
 *
 * @param id the network's id
 * @param fullName the name to show
 * @param username the handle on the network
 * @param phoneNumber E.164
 * @param email a mail address, not verified
 * @param imgURL the avatar: an mxc, http(s) or file URL
 * @param isSelf whether this is the account's owner
 * @param cannotMessage whether no message can be started to them
 * @param profiled whether the network has told the name and the avatar as they are now: where they
 *     are null, there is none any more
 */
public record User(
    UserId id,
    @Nullable String fullName,
    @Nullable String username,
    @Nullable String phoneNumber,
    @Nullable String email,
    @Nullable String imgURL,
    boolean isSelf,
    boolean cannotMessage,
    boolean profiled) {

  /** A person of whom this is what is known. */
  public User(
      UserId id,
      @Nullable String fullName,
      @Nullable String username,
      @Nullable String phoneNumber,
      @Nullable String email,
      @Nullable String imgURL,
      boolean isSelf,
      boolean cannotMessage) {
    this(id, fullName, username, phoneNumber, email, imgURL, isSelf, cannotMessage, false);
  }

  /** A person of whom only the id and perhaps a name are known. */
  public static User of(UserId id, @Nullable String fullName) {
    return new User(id, fullName, null, null, null, null, false, false);
  }

  /** The same person as the owner of the account. */
  public User asSelf() {
    return new User(
        id, fullName, username, phoneNumber, email, imgURL, true, cannotMessage, profiled);
  }

  /** The same person, whose name and avatar are told as they are now. */
  public User asProfiled() {
    return new User(
        id, fullName, username, phoneNumber, email, imgURL, isSelf, cannotMessage, true);
  }
}
