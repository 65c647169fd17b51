package dev.belfry.sdk;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client and the little server it talks to; waits are written down, not waited for. */
abstract class SdkTest {
  static final String CHAT =
      "{\"id\":\"!c:x\",\"accountID\":\"matrix\",\"network\":\"Matrix\",\"title\":\"Tea\","
          + "\"type\":\"single\",\"unreadCount\":0,"
          + "\"participants\":{\"items\":[],\"hasMore\":false,\"total\":0}}";

  final List<Duration> waits = new ArrayList<>();
  WireServer server;
  Belfry client;

  @BeforeEach
  void open() throws IOException {
    server = new WireServer();
    client = settings().build();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  Belfry.Builder settings() {
    return new Belfry.Builder(Map.of()).baseUrl(server.url()).token("secret").pause(waits::add);
  }

  static String message(String id) {
    return "{\"id\":\"%s\",\"accountID\":\"matrix\",\"chatID\":\"!c:x\",\"senderID\":\"@a:x\","
            .formatted(id)
        + "\"sortKey\":\"%s\",\"timestamp\":\"2026-11-20T08:15:30.120Z\"}".formatted(id);
  }

  /** A page of messages, the first given the newest. */
  static String page(boolean hasMore, String... ids) {
    List<String> items = new ArrayList<>();
    for (String id : ids) items.add(message(id));
    String oldest = ids.length == 0 ? "null" : "\"o-" + ids[ids.length - 1] + "\"";
    String newest = ids.length == 0 ? "null" : "\"n-" + ids[0] + "\"";
    return "{\"items\":[%s],\"hasMore\":%s,\"oldestCursor\":%s,\"newestCursor\":%s}"
        .formatted(String.join(",", items), hasMore, oldest, newest);
  }
}
