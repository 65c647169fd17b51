package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A person on a network (contract: models, User).
 *
 * @param id stable id of the person on this installation; the key to use everywhere
 * @param cannotMessage no message can be started to this person; they may still write
 * @param email known mail address, not verified
 * @param fullName display name
 * @param imgURL avatar; an http(s), mxc, data or file URL, possibly short-lived
 * @param isSelf this is the owner of the account
 * @param phoneNumber number in E.164 form
 * @param username handle on the network, not unique across networks
 */
@Json
public record User(
    String id,
    @Nullable Boolean cannotMessage,
    @Nullable String email,
    @Nullable String fullName,
    @Nullable String imgURL,
    @Nullable Boolean isSelf,
    @Nullable String phoneNumber,
    @Nullable String username) {
  /** Checks what is required and copies what could change. */
  public User {
    Check.required(id, "id");
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder filled with this record. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.id = id;
    builder.cannotMessage = cannotMessage;
    builder.email = email;
    builder.fullName = fullName;
    builder.imgURL = imgURL;
    builder.isSelf = isSelf;
    builder.phoneNumber = phoneNumber;
    builder.username = username;
    return builder;
  }

  /** A person of whom only the id is known. */
  public static User of(String id) {
    return new User(id, null, null, null, null, null, null, null);
  }

  /** Builds a {@link User}; what is never set stays absent. */
  public static final class Builder {
    private @Nullable String id;
    private @Nullable Boolean cannotMessage;
    private @Nullable String email;
    private @Nullable String fullName;
    private @Nullable String imgURL;
    private @Nullable Boolean isSelf;
    private @Nullable String phoneNumber;
    private @Nullable String username;

    private Builder() {}

    /** Sets {@link User#id}. */
    public Builder id(String id) {
      this.id = id;
      return this;
    }

    /** Sets {@link User#cannotMessage}. */
    public Builder cannotMessage(@Nullable Boolean cannotMessage) {
      this.cannotMessage = cannotMessage;
      return this;
    }

    /** Sets {@link User#email}. */
    public Builder email(@Nullable String email) {
      this.email = email;
      return this;
    }

    /** Sets {@link User#fullName}. */
    public Builder fullName(@Nullable String fullName) {
      this.fullName = fullName;
      return this;
    }

    /** Sets {@link User#imgURL}. */
    public Builder imgURL(@Nullable String imgURL) {
      this.imgURL = imgURL;
      return this;
    }

    /** Sets {@link User#isSelf}. */
    public Builder isSelf(@Nullable Boolean isSelf) {
      this.isSelf = isSelf;
      return this;
    }

    /** Sets {@link User#phoneNumber}. */
    public Builder phoneNumber(@Nullable String phoneNumber) {
      this.phoneNumber = phoneNumber;
      return this;
    }

    /** Sets {@link User#username}. */
    public Builder username(@Nullable String username) {
      this.username = username;
      return this;
    }

    /**
     * The finished record.
     *
     * @throws IllegalArgumentException if a required part (id) was not set
     */
    public User build() {
      return new User(
          Check.required(id, "id"),
          cannotMessage,
          email,
          fullName,
          imgURL,
          isSelf,
          phoneNumber,
          username);
    }
  }
}
