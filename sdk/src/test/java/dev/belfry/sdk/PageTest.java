package dev.belfry.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Walking through pages. */
@Tag("unit")
class PageTest extends SdkTest {
  @Test
  void iteratingFetchesPageAfterPage() throws InterruptedException {
    server
        .answer(200, page(true, "5", "4"))
        .answer(200, page(true, "3", "2"))
        .answer(200, page(false, "1"));
    List<String> ids = new ArrayList<>();
    for (Message message : client.messages().list("c", MessageListParams.ALL.withLimit(2))) {
      ids.add(message.id());
    }
    assertEquals(List.of("5", "4", "3", "2", "1"), ids);
    assertEquals("/v1/chats/c/messages?limit=2", server.request().target());
    assertEquals("/v1/chats/c/messages?cursor=o-4&limit=2", server.request().target());
    assertEquals("/v1/chats/c/messages?cursor=o-2&limit=2", server.request().target());
    assertEquals(0, server.pending());
  }

  @Test
  void streamsFetchOnlyWhatIsAskedFor() throws InterruptedException {
    server.answer(200, page(true, "5", "4"));
    assertEquals(
        Optional.of("4"),
        client.messages().list("c").stream().map(Message::id).skip(1).findFirst());
    server.request();
    assertEquals(0, server.pending());
  }

  @Test
  void filtersAndDirectionStayTheSame() throws InterruptedException {
    server
        .answer(200, page(true, "2", "1").replace("items\":[", "items\":[" + CHAT + "],\"x\":["))
        .answer(200, page(false));
    var page = client.chats().list(ChatListParams.ALL.ofAccounts("a").from("k", Direction.BEFORE));
    server.request();
    assertTrue(page.hasMore());
    assertEquals(Optional.of("o-1"), page.oldestCursor());
    var next = page.nextPage().orElseThrow();
    assertEquals("/v1/chats?accountIDs=a&cursor=o-1&direction=before", server.request().target());
    assertEquals(List.of(), next.items());
    assertEquals(Optional.empty(), next.nextPage());
  }

  @Test
  void goingUpLeadsOnFromTheNewest() throws InterruptedException {
    server.answer(200, page(true, "3", "2")).answer(200, page(false, "4"));
    var params = MessageListParams.ALL.from("1", Direction.AFTER);
    assertEquals(
        List.of("3", "2", "4"),
        client.messages().list("c", params).stream().map(Message::id).toList());
    assertEquals("/v1/chats/c/messages?cursor=1&direction=after", server.request().target());
    assertEquals("/v1/chats/c/messages?cursor=n-3&direction=after", server.request().target());
  }

  @Test
  void anEndlessServerIsLeftAlone() {
    server.answer(200, page(true));
    assertFalse(client.messages().list("c").hasMore(), "an empty page that claims more");
    server.answer(200, page(true, "1").replace("\"o-1\"", "null"));
    assertFalse(client.messages().list("c").hasMore(), "no cursor to go on with");
    server.answer(200, page(true, "1")).answer(200, page(true, "1"));
    assertEquals(2, client.messages().list("c").stream().count(), "a cursor that does not move");
  }

  @Test
  void afterTheLastItemThereIsNone() {
    server.answer(200, page(false, "1"));
    var items = client.messages().list("c").iterator();
    assertEquals("1", items.next().id());
    assertFalse(items.hasNext());
    assertThrows(NoSuchElementException.class, items::next);
  }

  @Test
  void aPageThatCannotBeFetchedIsAFaultOfTheIteration() {
    server.answer(200, page(true, "1")).answer(403, "{}");
    var items = client.messages().list("c").iterator();
    assertEquals("1", items.next().id());
    assertThrows(BelfryException.Forbidden.class, items::next);
  }
}
