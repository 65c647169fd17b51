package dev.belfry.http;

import static dev.belfry.http.TestHub.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Event;
import dev.belfry.api.EventPage;
import dev.belfry.api.codec.Codec;
import dev.belfry.http.events.Feed;
import dev.belfry.http.events.Pace;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets whose peers do not read, or are no longer there. */
@Tag("hub")
class SlowSocketTest {
  private static final String ALL = "{\"type\":\"subscriptions.set\",\"chatIDs\":[\"*\"]}";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static WebServer impatient(TestHub hub, Pace pace) throws IOException {
    var feed = new Feed(hub.hub.events(), hub.hub.changes(), false, pace);
    var server =
        WebServer.of(hub.hub, ServerIdentity.BELFRY, WebSettings.of(Listen.loopback(0, 0)), feed);
    int port = server.start();
    assertTrue(port > 0);
    return server;
  }

  private static RawSocket subscribed(int port, TestHub hub, String command) throws IOException {
    var socket = new RawSocket(port, hub.readersHeader());
    assertTrue(socket.text().contains("ready"));
    socket.send(command);
    assertTrue(socket.text().contains("subscriptions.updated"));
    return socket;
  }

  private static void send(TestHub hub, String text) throws IOException {
    String target = "/v1/chats/" + ALICE + "/messages";
    assertEquals(200, hub.post(target, "{\"text\":\"" + text + "\"}").status());
  }

  /** More than any buffers between the two sides hold. */
  private static void fill(TestHub hub) throws IOException {
    for (int i = 0; i < 100; i++) {
      send(hub, "x".repeat(60_000));
    }
  }

  @Test
  void whoReadsNothingIsClosedDelaysNobodyAndMissesNothing() throws Exception {
    var pace = new Pace(LONG, Duration.ofSeconds(2), LONG);
    try (var hub = new TestHub(folder)) {
      hub.connect();
      try (var server = impatient(hub, pace);
          var stuck = subscribed(server.port(), hub, ALL);
          var other = subscribed(server.port(), hub, ALL)) {
        var heard = new ArrayList<String>();
        var reading = Thread.ofVirtual().start(() -> heard.addAll(cursorsUntilLast(other)));
        fill(hub);
        send(hub, "the last");
        reading.join();
        // It is not to read before the server has lost patience; nothing tells when that is.
        Thread.sleep(pace.patience().multipliedBy(2));

        // The stuck one reads now: what was on its way, then why it ends.
        var got = new ArrayList<String>();
        while (true) {
          var frame = stuck.receive();
          if (frame.opcode() == RawSocket.CLOSE) {
            assertEquals(1013, frame.code());
            break;
          }
          got.add(Codec.read(Event.class, frame.bytes()).cursor());
        }
        assertTrue(got.size() < heard.size(), "nothing was piled up for it");
        assertEquals(heard.subList(0, got.size()), got);
        var again = ALL.replace("}", ",\"after\":\"" + got.getLast() + "\"}");
        try (var back = subscribed(server.port(), hub, again)) {
          got.addAll(cursorsUntilLast(back));
        }
        assertEquals(heard.subList(0, heard.size() - 1), got.subList(0, heard.size() - 1));
      }
    }
  }

  /** The cursors of all that is heard up to the last message. */
  private static List<String> cursorsUntilLast(RawSocket socket) {
    var cursors = new ArrayList<String>();
    try {
      while (true) {
        var text = socket.text();
        cursors.add(Codec.read(Event.class, text.getBytes(UTF_8)).cursor());
        if (text.contains("the last") && !text.contains("PENDING")) {
          return cursors;
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoReadsSlowlyGetsAll() throws Exception {
    var pace = new Pace(Duration.ofMillis(300), Duration.ofSeconds(5), LONG);
    try (var hub = new TestHub(folder)) {
      hub.connect();
      fill(hub);
      send(hub, "the last");
      var oldest = Codec.read(EventPage.class, hub.get("/v1/events?limit=1").body());
      var replay = ALL.replace("}", ",\"after\":\"" + oldest.newestCursor() + "\"}");
      try (var server = impatient(hub, pace);
          var slow = subscribed(server.port(), hub, replay)) {
        int pings = 0;
        for (String heard = ""; !heard.contains("the last") || heard.contains("PENDING"); ) {
          var frame = slow.receive();
          assertTrue(frame.opcode() != RawSocket.CLOSE, "closed with " + frame.code());
          if (frame.opcode() == RawSocket.PING) {
            pings++;
            slow.send(RawSocket.PONG, true, frame.bytes());
          } else {
            heard = frame.text();
            Thread.sleep(10); // that is what it is to be slow
          }
        }
        assertTrue(pings > 1, "it took longer than a sign of life may");
      }
    }
  }

  @Test
  void whoGivesNoSignOfLifeIsGivenUp() throws Exception {
    var pace = new Pace(Duration.ofMillis(200), LONG, LONG);
    try (var hub = new TestHub(folder)) {
      hub.connect();
      try (var server = impatient(hub, pace);
          var silent = subscribed(server.port(), hub, ALL)) {
        assertEquals(RawSocket.PING, silent.receive().opcode());
        assertTrue(isGivenUp(silent), "cut off");
      }
    }
  }

  private static boolean isGivenUp(RawSocket socket) throws IOException {
    try {
      while (true) {
        assertEquals(RawSocket.PING, socket.receive().opcode());
      }
    } catch (EOFException | SocketException e) {
      return true;
    }
  }
}
