package dev.belfry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.EventPage;
import dev.belfry.api.codec.Codec;
import dev.belfry.core.Tokens.Limits;
import dev.belfry.http.Wire.Reply;
import dev.belfry.model.AccountId;
import dev.belfry.model.Grant.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token limited to accounts of which one is removed and forgotten while it is in use. */
@Tag("hub")
class NarrowedTokenTest {
  private static final String ALL = "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\"]}";

  @TempDir private Path folder;

  private static EventPage page(TestHub hub, String after, String token) throws IOException {
    var reply = events(hub, after, token);
    assertEquals(200, reply.status(), reply.text());
    return Codec.read(EventPage.class, reply.body());
  }

  private static Reply events(TestHub hub, String after, String token) throws IOException {
    return Wire.exchange(
        hub.port, Wire.request("GET", "/v1/events?after=" + after, "", bearer(token)));
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  @Test
  void itIsToldThatItMissedSomethingAndMayGoOn() throws Exception {
    try (var hub = new TestHub(folder)) {
      hub.connect();
      var second = hub.addSecond();
      var limits = new Limits(List.of("test", second.value()), List.of());
      var token = hub.hub.tokens().create("l", Set.of(Scope.READ), null, limits).secret();
      var before = page(hub, "now", token).newestCursor();
      try (var socket = new RawSocket(hub.port, bearer(token))) {
        assertTrue(socket.text().contains("ready"));
        socket.send(ALL);
        assertTrue(socket.text().contains("subscriptions.updated"));
        hub.hub.accounts().remove(second, true);
        assertEquals(1012, socket.closing(), "the token is good still");
      }
      var reset = page(hub, before, token);
      assertTrue(reset.isReset(), "chats have gone that it can no longer be told of");
      var later = page(hub, reset.newestCursor(), token);
      assertFalse(later.isReset());
      assertEquals(List.of(), later.items());
      hub.post("/v1/chats/" + TestHub.ALICE + "/messages", "{\"text\":\"hello\"}");
      assertFalse(page(hub, reset.newestCursor(), token).items().isEmpty());
    }
  }

  @Test
  void whatComesOfAnAccountThatItDoesNotSeeIsNotTold() throws Exception {
    try (var hub = new TestHub(folder)) {
      hub.connect();
      AccountId second = hub.addSecond();
      var limits = new Limits(List.of("test"), List.of());
      var token = hub.hub.tokens().create("l", Set.of(Scope.READ), null, limits).secret();
      var before = page(hub, "now", token).newestCursor();
      hub.hub.accounts().remove(second, true);
      var after = page(hub, before, token);
      assertFalse(after.isReset());
      assertEquals(List.of(), after.items());
    }
  }
}
