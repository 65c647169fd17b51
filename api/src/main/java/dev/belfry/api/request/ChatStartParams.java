package dev.belfry.api.request;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Body that finds or opens a direct chat (contract: models, ChatStartParams).
 *
 * @param accountID account
 * @param user whom
 * @param allowInvite an invitation may be sent; true if absent
 * @param messageText first message, where the network demands one
 */
@Json
public record ChatStartParams(
    String accountID, Person user, @Nullable Boolean allowInvite, @Nullable String messageText) {
  /** Checks what is required and copies what could change. */
  public ChatStartParams {
    Check.required(accountID, "accountID");
    Check.required(user, "user");
  }

  /**
   * Whom to write to; the best identifier given is used.
   *
   * @param id known user id
   * @param email address
   * @param fullName hint for ranking only
   * @param phoneNumber E.164 preferred
   * @param username handle
   */
  @Json
  public record Person(
      @Nullable String id,
      @Nullable String email,
      @Nullable String fullName,
      @Nullable String phoneNumber,
      @Nullable String username) {}
}
