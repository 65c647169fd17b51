package dev.belfry.http;

import dev.belfry.api.ReactionAddResponse;
import dev.belfry.api.ReactionDeleteResponse;
import dev.belfry.core.Reactions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reactions to messages (contract, Messages). */
final class ReactionRoutes {
  private static final String PATH = "/v1/chats/{chatID}/messages/{messageID}/reactions";

  private final Reactions reactions;

  ReactionRoutes(Reactions reactions) {
    this.reactions = reactions;
  }

  List<Route> routes() {
    return List.of(
        Route.writing("POST", PATH, this::add),
        Route.writing("DELETE", PATH + "/{reactionKey}", this::remove),
        // What clients of the 4.x API send.
        Route.writing("DELETE", PATH, this::removeByQuery));
  }

  private record Adding(String key, @Nullable String transaction) {}

  private Answer add(Call call) {
    var adding =
        call.read(in -> {
          var body = in.body();
          return new Adding(body.requiredString("reactionKey"), body.string("transactionID"));
        });
    var added =
        reactions.add(
            call.grant(),
            call.path("chatID"),
            call.path("messageID"),
            adding.key(),
            adding.transaction());
    return new Answer.Json(
        new ReactionAddResponse(
            true, added.chatId(), added.messageId(), adding.key(), added.transactionId()));
  }

  private Answer remove(Call call) {
    return remove(call, call.path("reactionKey"));
  }

  private Answer removeByQuery(Call call) {
    return remove(call, call.read(in -> in.query().requiredString("reactionKey")));
  }

  private Answer remove(Call call, String key) {
    var removed = reactions.remove(call.grant(), call.path("chatID"), call.path("messageID"), key);
    return new Answer.Json(
        new ReactionDeleteResponse(true, removed.chatId(), removed.messageId(), key));
  }
}
