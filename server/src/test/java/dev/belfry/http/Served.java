package dev.belfry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.contract.Contract;
import dev.belfry.http.Wire.Reply;
import dev.belfry.model.Grant;
import dev.belfry.model.Grant.Scope;
import dev.belfry.model.HubException;
import dev.belfry.model.StoreFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The server itself, with endpoints that exist here only. */
abstract class Served {
  static final Limits LIMITS = limits(64, Duration.ofSeconds(3));
  static final String READER = "Authorization: Bearer reader";
  static final String WRITER = "authorization: bearer  writer";
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);
  WebServer server = server(Listen.loopback(0, 0), LIMITS);
  int port;

  @BeforeEach
  void start() throws IOException {
    port = server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  WebServer server(Listen listen, Limits limits) {
    Map<String, Grant> tokens = Map.of("reader", grant(Scope.READ), "writer", grant(Scope.WRITE));
    return new WebServer(
        ServerIdentity.BELFRY,
        listen,
        limits,
        token -> Optional.ofNullable(tokens.get(token)),
        null,
        List.of(
            Route.open("GET", "/open", _ -> new Answer.Json(onVirtualThread())),
            Route.reading(
                "GET", "/echo/{id}", call -> new Answer.Json(Map.of("id", call.path("id")))),
            Route.writing(
                "POST",
                "/echo/{id}",
                call ->
                    new Answer.Json(
                        Map.of("text", call.read(in -> in.body().requiredString("text"))))),
            Route.writing("POST", "/done", _ -> Answer.NOTHING),
            Route.reading("GET", "/fail/{how}", call -> fail(call.path("how"))),
            Route.writing("POST", "/fail/{how}", call -> fail(call.path("how"))),
            Route.open("GET", "/slow", _ -> slow())));
  }

  static Grant grant(Scope scope) {
    return new Grant("test", Set.of(scope), null, null);
  }

  static Answer fail(String how) {
    throw switch (how) {
      case "missing" -> HubException.notFound("Chat");
      case "invalid" -> HubException.invalid("no such cursor", "query", "cursor");
      case "refused" -> HubException.unprocessable("READ_ONLY", "nobody can write here");
      case "unauthorized" -> new HubException(HubException.Reason.UNAUTHORIZED, "who are you?");
      case "forbidden" -> new HubException(HubException.Reason.FORBIDDEN, "not yours");
      case "large" -> new HubException(HubException.Reason.TOO_LARGE, "too much");
      case "full" -> new HubException(HubException.Reason.STORAGE, "the disk is full");
      case "broken" -> new StoreFault("the file is corrupt: restore a backup");
      case "error" -> throw new AssertionError("secret text");
      default -> new IllegalStateException("secret text");
    };
  }

  /** That endpoints may block without holding up others. */
  static Map<String, Boolean> onVirtualThread() {
    return Map.of("ok", Thread.currentThread().isVirtual());
  }

  Answer slow() {
    entered.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Answer.Json(Map.of("ok", true));
  }

  static void assertCommon(Reply reply) {
    assertEquals("4.2.808", reply.header("x-beeper-desktop-version"));
    assertEquals("nosniff", reply.header("x-content-type-options"));
    assertEquals("no-store", reply.header("cache-control"));
    assertEquals("", reply.header("server"));
  }

  static void assertError(int status, String code, Reply reply) {
    assertEquals(status, reply.status(), reply.text());
    assertCommon(reply);
    assertEquals("application/json", reply.header("content-type"));
    Contract.assertValid("Error", reply.body());
    assertTrue(reply.text().contains("\"code\":\"" + code + "\""), reply.text());
  }

  static Limits limits(int connections, Duration grace) {
    return new Limits(4096, 10_000, connections, Duration.ofSeconds(10), grace);
  }
}
