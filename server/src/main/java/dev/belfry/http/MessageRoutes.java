package dev.belfry.http;

import dev.belfry.api.MessageCancelResponse;
import dev.belfry.api.MessageSendResponse;
import dev.belfry.api.MessageUpdateResponse;
import dev.belfry.core.Messages;
import dev.belfry.core.Messages.NewMessage;
import dev.belfry.core.Messages.Queued;
import dev.belfry.http.json.MessageJson;
import dev.belfry.http.read.Body;
import dev.belfry.http.read.Input;
import dev.belfry.model.PageRequest;
import dev.belfry.model.UploadUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Messages of a chat (contract, Messages). */
final class MessageRoutes {
  private static final int DEFAULT_PAGE = 20;
  private static final int LONGEST_WAIT_SECONDS = 60;

  private final Messages messages;

  MessageRoutes(Messages messages) {
    this.messages = messages;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/v1/chats/{chatID}/messages", this::list),
        Route.writing("POST", "/v1/chats/{chatID}/messages", this::send),
        Route.reading("GET", "/v1/chats/{chatID}/messages/{messageID}", this::get),
        Route.writing("PUT", "/v1/chats/{chatID}/messages/{messageID}", this::edit),
        Route.writing("DELETE", "/v1/chats/{chatID}/messages/{messageID}", this::delete),
        Route.writing("POST", "/v1/chats/{chatID}/messages/{messageID}/retry", this::retry),
        Route.writing("POST", "/v1/chats/{chatID}/messages/{messageID}/cancel", this::cancel));
  }

  private Answer list(Call call) {
    PageRequest page = call.read(in -> Paging.from(in.query(), DEFAULT_PAGE));
    return new Answer.Json(
        Paging.json(messages.list(call.grant(), call.path("chatID"), page), MessageJson::from));
  }

  private Answer get(Call call) {
    return new Answer.Json(
        MessageJson.from(messages.get(call.grant(), call.path("chatID"), call.path("messageID"))));
  }

  private Answer send(Call call) {
    record Wanted(NewMessage message, Duration patience) {}
    Wanted wanted = call.read(in -> new Wanted(message(in.body()), wait(in)));
    Queued queued = messages.send(call.grant(), call.path("chatID"), wanted.message());
    return answer(call, queued, wanted.patience());
  }

  private Answer retry(Call call) {
    Duration wait = call.read(MessageRoutes::wait);
    Queued queued = messages.retry(call.grant(), call.path("chatID"), call.path("messageID"));
    return answer(call, queued, wait);
  }

  private static Duration wait(Input in) {
    return Duration.ofSeconds(in.query().integer("wait", 0, 0, LONGEST_WAIT_SECONDS));
  }

  /** Waits, if that is wanted, until the message is sent or has failed. */
  private Answer answer(Call call, Queued queued, Duration wait) {
    var message =
        wait.isZero()
            ? Optional.<dev.belfry.model.Message>empty()
            : messages.await(call.grant(), queued, wait);
    return new Answer.Json(
        new MessageSendResponse(
            queued.chatId(), queued.pendingId(), message.map(MessageJson::from).orElse(null)));
  }

  private Answer cancel(Call call) {
    var cancelled = messages.cancel(call.grant(), call.path("chatID"), call.path("messageID"));
    return new Answer.Json(
        new MessageCancelResponse(
            true, cancelled.chatId(), cancelled.messageId(), cancelled.mayHaveBeenSent()));
  }

  private static NewMessage message(Body body) {
    String text = body.string("text");
    Body file = body.object("attachment");
    UploadUse use = file == null ? null : UploadBody.read(file, "");
    if (use == null && (text == null || text.isBlank())) {
      body.require("text", "Either text or attachment is required");
    }
    return new NewMessage(
        text == null ? "" : text, body.string("replyToMessageID"), body.strings("mentions"), use);
  }

  private Answer edit(Call call) {
    String text = call.read(in -> in.body().requiredString("text"));
    var message = messages.edit(call.grant(), call.path("chatID"), call.path("messageID"), text);
    return new Answer.Json(MessageUpdateResponse.of(MessageJson.from(message)));
  }

  private Answer delete(Call call) {
    boolean forEveryone = call.read(in -> in.query().bool("forEveryone", true));
    messages.delete(call.grant(), call.path("chatID"), call.path("messageID"), forEveryone);
    return Answer.NOTHING;
  }
}
