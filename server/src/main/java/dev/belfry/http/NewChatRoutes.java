package dev.belfry.http;

import dev.belfry.api.ChatCreateResponse;
import dev.belfry.api.ChatOrigin;
import dev.belfry.api.ChatStartResponse;
import dev.belfry.core.NewChats;
import dev.belfry.core.NewChats.Opened;
import dev.belfry.core.NewChats.Person;
import dev.belfry.http.json.ChatJson;
import dev.belfry.http.read.Body;
import dev.belfry.model.ChatType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opening chats (contract, {@code POST /v1/chats} and {@code POST /v1/chats/start}). */
final class NewChatRoutes {
  private final NewChats newChats;

  NewChatRoutes(NewChats newChats) {
    this.newChats = newChats;
  }

  List<Route> routes() {
    return List.of(
        Route.writing("POST", "/v1/chats", this::create),
        Route.writing("POST", "/v1/chats/start", this::start));
  }

  /**
   * What either endpoint is asked; clients of the 4.x API ask the first for what the second does.
   */
  private sealed interface Wanted {
    record Create(
        String account,
        ChatType type,
        List<String> people,
        @Nullable String title,
        @Nullable String text)
        implements Wanted {}

    record Start(String account, Person person, boolean allowInvite, @Nullable String text)
        implements Wanted {}
  }

  private Answer create(Call call) {
    Wanted wanted = call.read(in -> wanted(in.body()));
    return switch (wanted) {
      case Wanted.Create(var account, var type, var people, var title, var text) -> {
        var opened = newChats.create(call.grant(), account, type, people, title, text);
        yield new Answer.Json(ChatCreateResponse.of(ChatJson.from(opened.chat()), origin(opened)));
      }
      case Wanted.Start start -> {
        var opened = start(call, start);
        yield new Answer.Json(ChatCreateResponse.of(ChatJson.from(opened.chat()), origin(opened)));
      }
    };
  }

  private static Wanted wanted(Body body) {
    String mode = body.oneOf("mode", List.of("create", "start"));
    if ("start".equals(mode)) {
      return starting(body);
    }
    String type = body.oneOf("type", List.of("single", "group"));
    if (!body.has("type")) {
      body.missing("type");
    }
    List<String> people = body.strings("participantIDs");
    if (!body.has("participantIDs")) {
      body.missing("participantIDs");
    } else if (people.isEmpty()) {
      body.require("participantIDs", "Array must contain at least 1 element(s)");
    }
    if (people.stream().anyMatch(String::isBlank)) {
      body.require("participantIDs", "A participant's id must not be blank");
    }
    return new Wanted.Create(
        body.requiredString("accountID"),
        "single".equals(type) ? ChatType.SINGLE : ChatType.GROUP,
        people,
        body.string("title"),
        body.string("messageText"));
  }

  private Answer start(Call call) {
    var opened = start(call, call.read(in -> starting(in.body())));
    return new Answer.Json(ChatStartResponse.of(ChatJson.from(opened.chat()), origin(opened)));
  }

  private Opened start(Call call, Wanted.Start wanted) {
    return newChats.start(
        call.grant(), wanted.account(), wanted.person(), wanted.allowInvite(), wanted.text());
  }

  private static Wanted.Start starting(Body body) {
    Body user = body.object("user");
    if (user == null) {
      body.missing("user");
    }
    return new Wanted.Start(
        body.requiredString("accountID"),
        user == null ? new Person(null, null, null, null, null) : person(user),
        body.bool("allowInvite", true),
        body.string("messageText"));
  }

  private static Person person(Body user) {
    return new Person(
        filled(user, "id"),
        filled(user, "username"),
        filled(user, "phoneNumber"),
        filled(user, "email"),
        filled(user, "fullName"));
  }

  private static @Nullable String filled(Body user, String key) {
    String text = user.string(key);
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static ChatOrigin origin(Opened opened) {
    return opened.existed() ? ChatOrigin.EXISTING : ChatOrigin.CREATED;
  }
}
