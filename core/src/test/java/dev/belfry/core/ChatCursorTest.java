package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belfry.model.HubException;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.store.ChatTable.Position;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ChatCursorTest {
  @Test
  void roundTrip() {
    for (var position :
        List.of(
            new Position(0, 1),
            new Position(7_281_170_841_600_000L, 42),
            new Position(Long.MAX_VALUE, Long.MAX_VALUE))) {
      var text = ChatCursor.text(position);
      var page = new PageRequest(text, Direction.BEFORE, 5);
      assertEquals(position, ChatCursor.position(page));
    }
  }

  @Test
  void endsOfTheList() {
    var newest = ChatCursor.position(new PageRequest(null, Direction.BEFORE, 5));
    var oldest = ChatCursor.position(new PageRequest(null, Direction.AFTER, 5));
    assertEquals(Long.MAX_VALUE, newest.activity());
    assertEquals(-1, oldest.activity());
  }

  @Test
  void anythingElseIsRefused() {
    for (var cursor :
        List.of(
            "",
            "-",
            "1",
            "1-",
            "-1",
            "1-2-3",
            "g-1",
            "1-2 ",
            " 1-2",
            "1\n-2",
            "FF-1",
            "0x1-2",
            "ffffffffffffffff-1",
            "1-8000000000000000",
            "11111111111111111-1",
            "m1",
            "\ud83d\ude00")) {
      var e =
          assertThrows(
              HubException.class,
              () -> ChatCursor.position(new PageRequest(cursor, Direction.BEFORE, 5)),
              cursor);
      assertEquals(HubException.Reason.INVALID, e.reason());
      assertEquals(List.of("query", "cursor"), e.path());
    }
  }
}
