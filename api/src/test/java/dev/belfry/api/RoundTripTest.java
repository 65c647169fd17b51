package dev.belfry.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.api.codec.Codec;
import dev.belfry.api.request.AssetDownloadParams;
import dev.belfry.api.request.AssetUploadBase64Params;
import dev.belfry.api.request.AttachmentParams;
import dev.belfry.api.request.ChatArchiveParams;
import dev.belfry.api.request.ChatMarkReadParams;
import dev.belfry.api.request.ChatMarkUnreadParams;
import dev.belfry.api.request.ChatUpdateParams;
import dev.belfry.api.request.FocusParams;
import dev.belfry.api.request.MessageSendParams;
import dev.belfry.api.request.MessageUpdateParams;
import dev.belfry.api.request.ReactionAddParams;
import dev.belfry.api.request.ReminderCreateParams;
import dev.belfry.contract.Contract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every object, filled to the brim: as the schema wants it, and the same after a round trip. */
@Tag("unit")
class RoundTripTest {
  private record Case(@Nullable String schema, Object value) {}

  private static final List<Case> CASES =
      List.of(
          new Case("User", Samples.USER),
          new Case("User", User.of("u1")),
          new Case("Account", Samples.account().build()),
          new Case("next.Account", Samples.accountWithStatus()),
          new Case("Chat", Samples.CHAT),
          new Case("Chat", Samples.plainChat()),
          new Case("ChatListItem", new ChatListItem(Samples.CHAT, Samples.MESSAGE)),
          new Case("ChatListItem", new ChatListItem(Samples.plainChat(), null)),
          new Case("ChatCreateResponse", ChatCreateResponse.of(Samples.CHAT, ChatOrigin.CREATED)),
          new Case("ChatStartResponse", ChatStartResponse.of(Samples.CHAT, ChatOrigin.EXISTING)),
          new Case("ChatStartResponse", new ChatStartResponse(Samples.CHAT, "c", null)),
          new Case("Message", Samples.MESSAGE),
          new Case("Message", Samples.plainMessage()),
          new Case("Message", Samples.MESSAGE.toBuilder().seen(Seen.of(true)).build()),
          new Case("Message", Samples.MESSAGE.toBuilder().seen(Seen.at(Samples.TIME)).build()),
          new Case("Message", Samples.MESSAGE.toBuilder().mentions(null).build()),
          new Case("Attachment", Samples.ATTACHMENT),
          new Case("Reaction", Samples.REACTION),
          new Case("MessageSendResponse", MessageSendResponse.queued("c", "m1")),
          new Case("MessageUpdateResponse", MessageUpdateResponse.of(Samples.MESSAGE)),
          new Case("ReactionAddResponse", new ReactionAddResponse(true, "c", "m", "👍", "t")),
          new Case("ReactionDeleteResponse", new ReactionDeleteResponse(true, "c", "m", "👍")),
          new Case("SearchResponse", Samples.SEARCH),
          new Case("MessageSearchPage", Samples.SEARCH.results().messages()),
          new Case("ContactSearchResponse", new ContactSearchResponse(List.of(Samples.USER))),
          new Case("FocusResponse", new FocusResponse(false)),
          new Case("AssetDownloadResponse", new AssetDownloadResponse("file:///a", "none")),
          new Case("AssetUploadResponse", Samples.UPLOAD),
          new Case("AssetUploadBase64Response", Samples.UPLOAD),
          new Case("InfoRetrieveResponse", Samples.INFO),
          new Case("next.AppState", Samples.APP_STATE),
          new Case("Error", ApiError.of("NOT_FOUND", "Chat not found")),
          new Case("ChatArchiveParams", new ChatArchiveParams(false)),
          new Case("ChatCreateParams", Samples.CHAT_CREATE),
          new Case("ChatStartParams", Samples.CHAT_START),
          new Case("ChatUpdateParams", Samples.CHAT_UPDATE),
          new Case("ChatUpdateParams", ChatUpdateParams.builder().title(null).build()),
          new Case("ChatMarkReadParams", new ChatMarkReadParams("m")),
          new Case("ChatMarkUnreadParams", new ChatMarkUnreadParams(null)),
          new Case("MessageSendParams", MessageSendParams.ofText("hello")),
          new Case("MessageSendParams", new MessageSendParams("t", Samples.FILE, "m")),
          new Case("FocusParams", new FocusParams("c", "m", "text", "/a.png")),
          new Case("AssetDownloadParams", new AssetDownloadParams("mxc://a/b")),
          new Case("AssetUploadBase64Params", new AssetUploadBase64Params("aGk=", "a.txt", "t/x")),
          new Case(null, new MessageUpdateParams("new")),
          new Case(null, new ReactionAddParams("👍", "t1")),
          new Case(
              null, new ReminderCreateParams(new ReminderCreateParams.Wanted(Samples.TIME, true))));

  @TestFactory
  Stream<DynamicTest> objects() {
    return CASES.stream()
        .map(given ->
            DynamicTest.dynamicTest(
                given.value().getClass().getSimpleName(),
                () -> {
                  byte[] json = Codec.toBytes(given.value());
                  if (given.schema() != null) {
                    Contract.assertValid(given.schema(), json);
                  }
                  assertEquals(given.value(), Codec.read(given.value().getClass(), json));
                }));
  }

  @TestFactory
  Stream<DynamicTest> pages() {
    return Stream.of(
        page("ChatListPage", ChatListItem.class, new ChatListItem(Samples.CHAT, Samples.MESSAGE)),
        page("ChatSearchPage", Chat.class, Samples.CHAT),
        page("MessageListPage", Message.class, Samples.MESSAGE),
        page("UserPage", User.class, Samples.USER));
  }

  private static <T> DynamicTest page(String schema, Class<T> type, T item) {
    return DynamicTest.dynamicTest(
        schema,
        () -> {
          for (Page<T> page : List.of(Page.<T>empty(), new Page<>(List.of(item), true, "o", "n"))) {
            byte[] json = Codec.toBytes(page);
            Contract.assertValid(schema, json);
            assertEquals(page, Codec.readPage(type, json));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> lists() {
    return Stream.of(
        DynamicTest.dynamicTest(
            "accounts",
            () -> {
              List<Account> accounts = List.of(Samples.account().build());
              byte[] json = Codec.toBytes(accounts);
              Contract.assertValid("AccountList", json);
              assertEquals(accounts, Codec.readList(Account.class, json));
            }),
        DynamicTest.dynamicTest(
            "validation error",
            () -> {
              List<ApiError.Issue> issues =
                  List.of(new ApiError.Issue("too_big", "at most 2", List.of("body", "ids", 3L)));
              byte[] json = Codec.toBytes(ApiError.invalid("Validation failed", issues));
              Contract.assertValid("ValidationError", json);
              Contract.assertValid("Error", json);
              assertEquals(issues, Codec.read(ApiError.class, json).issues());
            }),
        DynamicTest.dynamicTest(
            "records in a tree",
            () ->
                assertEquals(
                    "{\"type\":\"message.upserted\",\"entries\":[{\"id\":\"u\"}],\"none\":null}",
                    Codec.toText(
                        Samples.inOrder(
                            "type",
                            "message.upserted",
                            "entries",
                            List.of(User.of("u")),
                            "none",
                            null)))),
        DynamicTest.dynamicTest(
            "attachment without id",
            () ->
                assertEquals(
                    Map.of("uploadID", "up"),
                    Codec.tree(Codec.toBytes(AttachmentParams.of("up"))))));
  }
}
