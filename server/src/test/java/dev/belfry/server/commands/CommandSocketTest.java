package dev.belfry.server.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("hub")
class CommandSocketTest {
  private final FakeCommands served = new FakeCommands();
  private Path path = Path.of("");
  private CommandSocket socket;

  CommandSocketTest(@TempDir Path folder) throws IOException {
    path = folder.resolve("s");
    Files.writeString(path, "left behind");
    socket = CommandSocket.open(path, served);
  }

  @BeforeEach
  void isOursOnly() throws IOException {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @AfterEach
  void close() throws IOException {
    served.blocked.countDown();
    socket.close();
    assertFalse(Files.exists(path));
  }

  @Test
  void carriesValuesBothWays() throws Exception {
    try (var remote = RemoteCommands.connect(path)) {
      var wanted =
          new Commands.NewToken(
              "laptop",
              Set.of("write", "read"),
              Duration.ofHours(12),
              List.of("matrix"),
              List.of("!a:x", "17"));
      var created = remote.createToken(wanted);
      assertEquals(served.createToken(wanted), created);
      assertEquals(served.tokens(), remote.tokens());
      remote.backup(Path.of("/some/where"));
      assertEquals(Path.of("/some/where"), served.backup);
    }
  }

  @Test
  void carriesQuestionsAndProgress() throws Exception {
    var told = new ArrayList<String>();
    var conversation =
        new Conversation() {
          @Override
          public Map<String, String> ask(Question question) {
            told.add(question.instructions() + " " + question.fields().getFirst().label());
            return Map.of("pw", "geheim");
          }

          @Override
          public void progress(String text) {
            told.add(text);
          }
        };
    try (var remote = RemoteCommands.connect(path)) {
      var account = remote.addAccount("matrix", conversation);
      assertEquals("@alice:example.org", account.user());
      assertEquals(Map.of("pw", "geheim"), served.answers);
      assertEquals(List.of("Log in Password", "connecting", "backfilling: 1 of 2"), told);
    }
  }

  @Test
  void carriesRefusalsAndGoesOn() throws Exception {
    try (var remote = RemoteCommands.connect(path)) {
      var missing = assertThrows(Failure.class, () -> remote.revokeToken("x"));
      assertEquals(ExitStatus.REFUSED, missing.status());
      assertEquals("Token not found", missing.getMessage());
      assertEquals(ExitStatus.STORE, assertThrows(Failure.class, remote::accounts).status());
      assertEquals(
          ExitStatus.FAILED,
          assertThrows(Failure.class, () -> remote.removeAccount("x", false)).status());
      assertEquals(2, remote.tokens().size());
    }
  }

  @Test
  void answersGarbageWithAnError() throws Exception {
    for (String garbage :
        List.of(
            "GET / HTTP/1.1\r\n",
            "{}\n",
            "{\"type\":\"reboot\"}\n",
            "[1,2",
            "null\n",
            "\0\n",
            "{\"type\":\"token.create\",\"name\":7,\"scopes\":\"x\"}\n",
            "{\"type\":\"token.create\"}\n",
            "{\"type\":\"answers\",\"values\":{}}\n")) {
      String answer = raw(garbage.getBytes(UTF_8));
      assertTrue(
          garbage.equals("[1,2") ? answer.isEmpty() : answer.contains("\"refused\""),
          garbage + " -> " + answer);
    }
    try (var remote = RemoteCommands.connect(path)) {
      assertEquals(2, remote.tokens().size());
    }
  }

  @Test
  void boundsWhatItReads() throws Exception {
    var much = new byte[8 << 20];
    java.util.Arrays.fill(much, (byte) 'x');
    assertTrue(raw(much).contains("a line of more than 65536 bytes"));
  }

  @Test
  void refusesMoreConnectionsThanItHasRoomFor() throws Exception {
    var waiting = new ArrayList<SocketChannel>();
    try {
      for (int i = 0; i < 16; i++) {
        waiting.add(open());
      }
      // connections are accepted in order, so these are counted before the next
      assertTrue(raw("{\"type\":\"token.list\"}\n".getBytes(UTF_8)).contains("busy"));
    } finally {
      for (var channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void endsWhileACommandRuns() throws Exception {
    served.blocked = new CountDownLatch(1);
    try (var channel = open()) {
      channel.write(ByteBuffer.wrap("{\"type\":\"status\"}\n".getBytes(UTF_8)));
      socket.close();
      assertFalse(Files.exists(path));
    }
  }

  @Test
  void goesOnAfterConnectionsThatCouldNotBeTaken(@TempDir Path other) throws Exception {
    var faults = new AtomicInteger(3);
    try (var _ =
            CommandSocket.open(
                other.resolve("s"),
                served,
                server ->
                    () -> {
                      if (faults.getAndDecrement() > 0) {
                        throw new IOException("Too many open files");
                      }
                      return server.accept();
                    });
        var remote = RemoteCommands.connect(other.resolve("s"))) {
      assertEquals(2, remote.tokens().size());
    }
  }

  @Test
  void aServerThatSaysNothingIsNotWaitedFor(@TempDir Path other) throws Exception {
    try (var deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      deaf.bind(UnixDomainSocketAddress.of(other.resolve("s")));
      var failure =
          assertThrows(
              Failure.class,
              () -> RemoteCommands.connect(other.resolve("s"), Duration.ofMillis(50)));
      assertEquals(ExitStatus.IN_USE, failure.status());
      assertTrue(String.valueOf(failure.getMessage()).contains("does not answer"));
    }
  }

  private SocketChannel open() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  /** What comes back for some bytes after which nothing more is sent. */
  private String raw(byte[] bytes) throws IOException {
    try (var channel = open()) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.shutdownOutput();
      return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
    }
  }
}
