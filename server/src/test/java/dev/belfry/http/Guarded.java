package dev.belfry.http;

import static dev.belfry.http.Wire.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.http.Wire.Reply;
import dev.belfry.http.guard.Patience;
import dev.belfry.http.guard.Rates;
import dev.belfry.http.guard.Reach;
import dev.belfry.http.guard.Tls;
import dev.belfry.model.Grant;
import dev.belfry.model.Grant.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A server whose guard a test sets up, with endpoints that exist here only. */
abstract class Guarded {
  static final String GOOD = "Authorization: Bearer good";
  static final Patience HASTY = new Patience(Duration.ofMillis(400), 10_000);
  final CompletableFuture<Exception> cutOff = new CompletableFuture<>();
  @Nullable WebServer server;
  int port;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  void start(Reach reach, Patience patience, Rates rates, @Nullable Tls tls) throws IOException {
    var limits =
        new Limits(
            4096, 10_000, 64, Duration.ofSeconds(30), Duration.ofSeconds(1), patience, rates);
    var settings = new WebSettings(Listen.loopback(0, 0), limits, reach, tls);
    var grant = new Grant("good", Set.of(Scope.WRITE), null, null);
    server =
        new WebServer(
            ServerIdentity.BELFRY,
            settings,
            token -> Optional.of(grant).filter(_ -> token.equals("good")),
            null,
            List.of(
                Route.open(
                    "GET", "/base", call -> new Answer.Json(Map.of("base", call.base().at("")))),
                Route.open("GET", "/.well-known/oauth-test", _ -> new Answer.Json(Map.of())),
                Route.reading("GET", "/read", _ -> new Answer.Json(Map.of())),
                Route.writing(
                    "POST",
                    "/write",
                    call ->
                        new Answer.Json(
                            Map.of(
                                "n", call.read(in -> in.body().requiredString("text")).length()))),
                Route.reading(
                    "GET",
                    "/endless",
                    _ ->
                        new Answer.Streamed((_, response) -> {
                          try {
                            while (true) {
                              Content.Sink.write(response, false, ByteBuffer.allocate(64 << 10));
                            }
                          } catch (IOException e) {
                            cutOff.complete(e);
                            throw e;
                          }
                        }))),
            null);
    port = server.start();
  }

  void start(Reach reach) throws IOException {
    start(reach, Patience.DEFAULT, Rates.DEFAULT, null);
  }

  Reply ask(String method, String path, String... headers) throws IOException {
    return Wire.exchange(port, request(method, path, "", headers));
  }

  String base(String... headers) throws IOException {
    var reply = ask("GET", "/base", headers);
    assertEquals(200, reply.status(), reply.text());
    return reply.text().replaceAll(".*\"base\":\"([^\"]*)\".*", "$1");
  }
}
