package dev.belfry.http;

import dev.belfry.core.Chats;
import dev.belfry.core.Typing;
import dev.belfry.http.json.ChatJson;
import dev.belfry.http.read.Body;
import dev.belfry.model.AccountId;
import dev.belfry.model.Chat;
import dev.belfry.model.ChatListItem;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.HubException;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chats (contract, Chats). */
final class ChatRoutes {
  private static final int DEFAULT_PAGE = 25;
  private static final int DEFAULT_PARTICIPANTS = 100;
  private static final int MAX_PARTICIPANTS = 500;

  private final Chats chats;
  private final Typing typing;
  private final LocalPaths paths;

  ChatRoutes(Chats chats, Typing typing, LocalPaths paths) {
    this.chats = chats;
    this.typing = typing;
    this.paths = paths;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/v1/chats", this::list),
        Route.reading("GET", "/v1/chats/{chatID}", this::get),
        Route.writing("PATCH", "/v1/chats/{chatID}", this::update),
        Route.writing("POST", "/v1/chats/{chatID}/typing", this::typing),
        Route.writing("POST", "/v1/chats/{chatID}/notify-anyway", this::notifyAnyway),
        Route.writing("POST", "/v1/chats/{chatID}/archive", this::archive),
        Route.writing("POST", "/v1/chats/{chatID}/read", this::read),
        Route.writing("POST", "/v1/chats/{chatID}/unread", this::unread));
  }

  private record Listing(List<String> accounts, PageRequest page) {}

  private Answer list(Call call) {
    Listing wanted =
        call.read(in ->
            new Listing(in.query().strings("accountIDs"), Paging.from(in.query(), DEFAULT_PAGE)));
    List<AccountId> accounts =
        wanted.accounts().stream()
            .filter(id -> !id.isBlank() && id.indexOf(':') < 0)
            .map(AccountId::new)
            .toList();
    // To the core no account means all of them; a filter that fits none is another thing.
    boolean none = accounts.isEmpty() && !wanted.accounts().isEmpty();
    Page<ChatListItem> page =
        none ? Page.empty() : chats.list(call.grant(), accounts, wanted.page());
    return new Answer.Json(Paging.json(page, ChatJson::from));
  }

  private Answer get(Call call) {
    int participants =
        call.read(in ->
            in.query().integer("maxParticipantCount", DEFAULT_PARTICIPANTS, -1, MAX_PARTICIPANTS));
    return json(chats.get(call.grant(), call.path("chatID"), participants));
  }

  private Answer update(Call call) {
    var wanted = call.read(in -> ChatPatchBody.read(in.body()));
    ChatPatch patch = wanted.patch();
    String image = wanted.image().orNull();
    if (image != null) {
      chats.get(call.grant(), call.path("chatID"), 0); // who has no such chat learns of no files
      patch = patch.withImage(paths.picture(call.grant(), image));
    }
    return json(chats.update(call.grant(), call.path("chatID"), patch));
  }

  private Answer typing(Call call) {
    String state = call.read(in -> typingState(in.body()));
    typing.set(call.grant(), call.path("chatID"), state.equals("typing"));
    return Answer.NOTHING;
  }

  private static String typingState(Body body) {
    String given = body.oneOf("state", List.of("typing", "paused"));
    if (!body.has("state")) {
      body.missing("state");
    }
    return given == null ? "paused" : given;
  }

  /** Only one closed network on one operating system knows such a thing. */
  private Answer notifyAnyway(Call call) {
    var chat = chats.get(call.grant(), call.path("chatID"), 0);
    throw HubException.unprocessable(
        "NOT_SUPPORTED", chat.network() + " cannot notify people who have silenced their device");
  }

  private Answer archive(Call call) {
    boolean archived = call.read(in -> in.body().bool("archived", true));
    chats.archive(call.grant(), call.path("chatID"), archived);
    return Answer.NOTHING;
  }

  private Answer read(Call call) {
    String message = messageIn(call);
    return json(chats.markRead(call.grant(), call.path("chatID"), message));
  }

  private Answer unread(Call call) {
    String message = messageIn(call);
    return json(chats.markUnread(call.grant(), call.path("chatID"), message));
  }

  private static @Nullable String messageIn(Call call) {
    return call.<@Nullable String>read(in -> in.body().string("messageID"));
  }

  private static Answer json(Chat chat) {
    return new Answer.Json(ChatJson.from(chat));
  }
}
