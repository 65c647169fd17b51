package dev.belfry.http;

import dev.belfry.api.MessageSearchPage;
import dev.belfry.api.SearchResponse;
import dev.belfry.core.Search;
import dev.belfry.http.json.ChatJson;
import dev.belfry.http.json.MessageJson;
import dev.belfry.http.read.Query;
import dev.belfry.model.AccountId;
import dev.belfry.model.Chat;
import dev.belfry.model.ChatQuery;
import dev.belfry.model.ChatType;
import dev.belfry.model.MessageHits;
import dev.belfry.model.MessageQuery;
import dev.belfry.model.MessageQuery.Media;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finding chats and messages (contract, {@code GET /v1/search}, {@code /v1/chats/search}, {@code
 * /v1/messages/search}).
 */
final class SearchRoutes {
  private static final int CHATS_A_PAGE = 50;
  private static final int MESSAGES_A_PAGE = 20;

  private final Search search;

  SearchRoutes(Search search) {
    this.search = search;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/v1/search", this::all),
        Route.reading("GET", "/v1/chats/search", this::chats),
        Route.reading("GET", "/v1/messages/search", this::messages));
  }

  private Answer all(Call call) {
    String words = call.read(in -> in.query().requiredString("query"));
    var found = search.all(call.grant(), words);
    return new Answer.Json(
        new SearchResponse(
            new SearchResponse.Results(
                found.chats().stream().map(ChatJson::from).toList(),
                found.inGroups().stream().map(ChatJson::from).toList(),
                json(found.messages()))));
  }

  /**
   * What is looked for.
   *
   * @param fitsNoAccount whether it names accounts and none can be: to the core, none named means
   *     all of them
   */
  private record Wanted<Q>(Q query, boolean fitsNoAccount, PageRequest page) {
    static <Q> Wanted<Q> from(Query in, Q query, PageRequest page) {
      boolean fitsNone = accounts(in).isEmpty() && !in.strings("accountIDs").isEmpty();
      return new Wanted<>(query, fitsNone, page);
    }
  }

  private Answer chats(Call call) {
    var wanted =
        call.read(in ->
            Wanted.from(in.query(), chatQuery(in.query()), Paging.from(in.query(), CHATS_A_PAGE)));
    Page<Chat> page =
        wanted.fitsNoAccount()
            ? Page.empty()
            : search.chats(call.grant(), wanted.query(), wanted.page());
    return new Answer.Json(Paging.json(page, ChatJson::from));
  }

  private static ChatQuery chatQuery(Query query) {
    String words = query.filledString("query");
    String scope = query.oneOf("scope", List.of("titles", "participants"));
    String inbox = query.oneOf("inbox", List.of("primary", "low-priority", "archive"));
    return new ChatQuery(
        words == null ? "" : words,
        scope == null ? ChatQuery.Scope.TITLES : ChatQuery.Scope.valueOf(constant(scope)),
        inbox == null ? null : ChatQuery.Inbox.valueOf(constant(inbox)),
        type(query.oneOf("type", List.of("single", "group", "any"))),
        query.bool("unreadOnly", false),
        query.bool("includeMuted", true),
        query.time("lastActivityBefore"),
        query.time("lastActivityAfter"),
        accounts(query));
  }

  private Answer messages(Call call) {
    var wanted =
        call.read(in ->
            Wanted.from(
                in.query(),
                messageQuery(in.query()),
                Paging.from(in.query(), MESSAGES_A_PAGE, MESSAGES_A_PAGE)));
    return new Answer.Json(
        wanted.fitsNoAccount()
            ? json(new MessageHits(Page.empty(), Map.of()))
            : json(search.messages(call.grant(), wanted.query(), wanted.page())));
  }

  private static MessageQuery messageQuery(Query query) {
    String words = query.string("query");
    return new MessageQuery(
        words == null ? "" : words,
        query.strings("chatIDs"),
        accounts(query),
        type(query.oneOf("chatType", List.of("single", "group"))),
        query.someOf("mediaTypes", List.of("any", "video", "image", "link", "file")).stream()
            .map(kind -> Media.valueOf(constant(kind)))
            .collect(Collectors.toUnmodifiableSet()),
        query.string("sender"),
        query.time("dateAfter"),
        query.time("dateBefore"),
        query.bool("excludeLowPriority", true),
        query.bool("includeMuted", true));
  }

  private static @Nullable ChatType type(@Nullable String type) {
    return type == null || type.equals("any") ? null : ChatType.valueOf(constant(type));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static List<AccountId> accounts(Query query) {
    return query.strings("accountIDs").stream()
        .filter(id -> !id.isBlank() && id.indexOf(':') < 0)
        .map(AccountId::new)
        .toList();
  }

  private static MessageSearchPage json(MessageHits hits) {
    var chats = new LinkedHashMap<String, dev.belfry.api.Chat>();
    hits.chats().forEach((id, chat) -> chats.put(id, ChatJson.from(chat)));
    var page = hits.page();
    return new MessageSearchPage(
        page.items().stream().map(MessageJson::from).toList(),
        chats,
        page.hasMore(),
        page.oldestCursor(),
        page.newestCursor());
  }
}
