package dev.belfry.core;

import dev.belfry.model.Grant;
import dev.belfry.model.Message;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import dev.belfry.network.NetworkEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A chat that is read page by page. */
abstract class Paged {
  @TempDir Path temp;
  TestHub hub;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(temp);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  static List<NetworkEvent> messages(int from, int to) {
    var result = new ArrayList<NetworkEvent>();
    for (int i = from; i <= to; i++) {
      result.add(Said.message("$" + i, Said.ALICE, Integer.toString(i)));
    }
    return result;
  }

  Page<Message> page(@Nullable String cursor, Direction direction, int limit) {
    return hub.messages().list(Grant.HUB, Said.CHAT, new PageRequest(cursor, direction, limit));
  }

  static String bodies(Page<Message> page) {
    return String.join(" ", page.items().stream().map(m -> m.content().body()).toList());
  }

  /** From the oldest end on, page by page. */
  String forward(int limit) {
    var result = new ArrayList<String>();
    String cursor = null;
    while (true) {
      var page = page(cursor, Direction.AFTER, limit);
      result.addAll(page.items().reversed().stream().map(m -> m.content().body()).toList());
      if (!page.hasMore() || page.items().isEmpty()) {
        return String.join(" ", result);
      }
      cursor = page.newestCursor();
    }
  }
}
