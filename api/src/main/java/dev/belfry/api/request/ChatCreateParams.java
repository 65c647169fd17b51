package dev.belfry.api.request;

import dev.belfry.api.Chat;
import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body that makes a chat (contract: models, ChatCreateParams).
 *
 * @param accountID account
 * @param participantIDs user ids, at least one; exactly one for a direct chat
 * @param type kind
 * @param messageText first message, where the network demands one
 * @param title title of a group
 */
@Json
public record ChatCreateParams(
    String accountID,
    List<String> participantIDs,
    Chat.Type type,
    @Nullable String messageText,
    @Nullable String title) {
  /** Checks what is required and copies what could change. */
  public ChatCreateParams {
    Check.required(accountID, "accountID");
    participantIDs = Check.list(participantIDs, "participantIDs");
    Check.required(type, "type");
  }
}
