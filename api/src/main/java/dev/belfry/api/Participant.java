package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A member of a chat: a {@link User} and three flags (contract: models, Chat.Participants.Item).
 *
 * @param id stable id of the person on this installation; the key to use everywhere
 * @param cannotMessage no message can be started to this person; they may still write
 * @param email known mail address, not verified
 * @param fullName display name
 * @param imgURL avatar; an http(s), mxc, data or file URL, possibly short-lived
 * @param isSelf this is the owner of the account
 * @param phoneNumber number in E.164 form
 * @param username handle on the network, not unique across networks
 * @param isAdmin has admin rights in this chat
 * @param isNetworkBot bot of the network or of the connector
 * @param isPending invited, not joined
 */
@Json
public record Participant(
    String id,
    @Nullable Boolean cannotMessage,
    @Nullable String email,
    @Nullable String fullName,
    @Nullable String imgURL,
    @Nullable Boolean isSelf,
    @Nullable String phoneNumber,
    @Nullable String username,
    @Nullable Boolean isAdmin,
    @Nullable Boolean isNetworkBot,
    @Nullable Boolean isPending) {
  /** Checks what is required and copies what could change. */
  public Participant {
    Check.required(id, "id");
  }

  /** A member made from a person. */
  public static Participant of(
      User user,
      @Nullable Boolean isAdmin,
      @Nullable Boolean isNetworkBot,
      @Nullable Boolean isPending) {
    return new Participant(
        user.id(),
        user.cannotMessage(),
        user.email(),
        user.fullName(),
        user.imgURL(),
        user.isSelf(),
        user.phoneNumber(),
        user.username(),
        isAdmin,
        isNetworkBot,
        isPending);
  }

  /** The person alone. */
  public User toUser() {
    return new User(id, cannotMessage, email, fullName, imgURL, isSelf, phoneNumber, username);
  }
}
