package dev.belfry.http;

import dev.belfry.api.FocusResponse;
import dev.belfry.core.Chats;
import dev.belfry.core.Messages;
import dev.belfry.model.ChatPatch.NewDraft;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.UploadUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Showing a chat (contract, {@code POST /v1/focus}). There is no window here: a draft is stored,
 * and the answer says that nothing was shown.
 */
final class FocusRoutes {
  private final Chats chats;
  private final Messages messages;
  private final LocalPaths paths;

  FocusRoutes(Chats chats, Messages messages, LocalPaths paths) {
    this.chats = chats;
    this.messages = messages;
    this.paths = paths;
  }

  List<Route> routes() {
    return List.of(Route.reading("POST", "/v1/focus", this::focus));
  }

  private record Wanted(
      @Nullable String chat,
      @Nullable String message,
      @Nullable String text,
      @Nullable String file) {}

  private Answer focus(Call call) {
    var wanted =
        call.read(in -> {
          var body = in.body();
          return new Wanted(
              body.string("chatID"),
              body.string("messageID"),
              body.string("draftText"),
              body.string("draftAttachmentPath"));
        });
    if (wanted.text() != null || wanted.file() != null) {
      call.requireGrant(Grant.Scope.WRITE);
    }
    String chat = wanted.chat();
    if (chat == null) {
      if (wanted.text() != null || wanted.file() != null || wanted.message() != null) {
        throw HubException.invalid("Needed to tell where", "body", "chatID");
      }
      return new Answer.Json(new FocusResponse(false));
    }
    chats.get(call.grant(), chat, 0);
    if (wanted.message() != null) {
      messages.get(call.grant(), chat, wanted.message());
    }
    if (wanted.text() != null || wanted.file() != null) {
      // Unlike PATCH, this replaces what was there: the caller shows what is to be written.
      var text = wanted.text() == null ? "" : wanted.text();
      chats.replaceDraft(call.grant(), chat, new NewDraft(text, files(call, wanted.file())));
    }
    return new Answer.Json(new FocusResponse(false));
  }

  private List<UploadUse> files(Call call, @Nullable String path) {
    if (path == null) {
      return List.of();
    }
    String upload = paths.attachment(call.grant(), path).id();
    return List.of(new UploadUse(upload, upload, null, null, null, null, null, null));
  }
}
