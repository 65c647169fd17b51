package dev.belfry.http;

import dev.belfry.api.MessageSendResponse;
import dev.belfry.core.Messages;
import dev.belfry.core.Messages.NewMessage;
import dev.belfry.core.Messages.Queued;
import dev.belfry.http.json.MessageJson;
import dev.belfry.http.read.Body;
import dev.belfry.model.HubException;
import dev.belfry.model.PageRequest;
import java.util.List;

/** Messages of a chat (contract, Messages). */
final class MessageRoutes {
  private static final int DEFAULT_PAGE = 20;

  private final Messages messages;

  MessageRoutes(Messages messages) {
    this.messages = messages;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/v1/chats/{chatID}/messages", this::list),
        Route.writing("POST", "/v1/chats/{chatID}/messages", this::send),
        Route.reading("GET", "/v1/chats/{chatID}/messages/{messageID}", this::get));
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

  private record Sending(NewMessage message, boolean withFile) {}

  private Answer send(Call call) {
    Sending sending = call.read(in -> sending(in.body()));
    if (sending.withFile()) {
      throw HubException.unprocessable(
          "UPLOAD_NOT_FOUND", "No upload with this uploadID was found");
    }
    Queued queued = messages.send(call.grant(), call.path("chatID"), sending.message());
    return new Answer.Json(new MessageSendResponse(queued.chatId(), queued.pendingId()));
  }

  private static Sending sending(Body body) {
    String text = body.string("text");
    Body file = body.object("attachment");
    if (file != null) {
      file.requiredString("uploadID");
    } else if (text == null || text.isBlank()) {
      body.require("text", "Either text or attachment is required");
    }
    return new Sending(
        new NewMessage(
            text == null ? "" : text, body.string("replyToMessageID"), body.strings("mentions")),
        file != null);
  }
}
