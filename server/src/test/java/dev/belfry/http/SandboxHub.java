package dev.belfry.http;

import dev.belfry.api.codec.Codec;
import dev.belfry.core.Hub;
import dev.belfry.core.files.FileLimits;
import dev.belfry.model.AccountId;
import dev.belfry.model.Grant;
import dev.belfry.model.Grant.Scope;
import dev.belfry.sandbox.Sandbox;
import dev.belfry.sandbox.SandboxConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A server over the sandbox network, and a client of it. */
final class SandboxHub implements AutoCloseable {
  private final SandboxConnector connector;
  private final HttpClient client = HttpClient.newHttpClient();
  final Hub hub;
  final WebServer server;
  final String base;
  final int port;
  String token;

  SandboxHub(Path folder, FileLimits limits) throws IOException, InterruptedException {
    this(folder, limits, InstantSource.system());
  }

  SandboxHub(Path folder, FileLimits limits, InstantSource clock)
      throws IOException, InterruptedException {
    connector = new SandboxConnector(clock);
    hub =
        Hub.open(
            Files.createDirectories(folder),
            List.of(connector),
            clock,
            new Hub.Options(null, limits));
    token = hub.tokens().create("w", Set.of(Scope.WRITE), null).secret();
    server = WebServer.of(hub, ServerIdentity.BELFRY, Listen.loopback(0, 0));
    port = server.start();
    base = "http://127.0.0.1:" + port;
    hub.start();
    if (hub.accounts().list(Grant.HUB).isEmpty()) {
      try (var login = hub.accounts().login("sandbox")) {
        var _ = login.begin();
      }
    }
    for (var chat : List.of("everything", "mama", "faults")) {
      await("/v1/chats/!" + chat + ":sandbox.local", reply -> reply.statusCode() == 200);
    }
  }

  Sandbox network() {
    return connector.sandbox(new AccountId("sandbox"));
  }

  static String text(HttpResponse<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  /** The answer, read as a wire record. */
  static <T> T as(Class<T> type, HttpResponse<byte[]> reply) {
    if (reply.statusCode() != 200) {
      throw new AssertionError(reply.statusCode() + ": " + text(reply));
    }
    return Codec.read(type, reply.body());
  }

  HttpResponse<byte[]> send(String method, String target, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(base + target))
            .method(method, body)
            .header("Authorization", "Bearer " + token);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String target, String... headers)
      throws IOException, InterruptedException {
    return send("GET", target, BodyPublishers.noBody(), headers);
  }

  HttpResponse<byte[]> json(String method, String target, String body)
      throws IOException, InterruptedException {
    return send(method, target, BodyPublishers.ofString(body), "Content-Type", "application/json");
  }

  HttpResponse<byte[]> serve(@Nullable String url, String... headers)
      throws IOException, InterruptedException {
    return get("/v1/assets/serve?url=" + encoded(Objects.requireNonNull(url)), headers);
  }

  HttpResponse<byte[]> upload(Form form) throws IOException, InterruptedException {
    return send(
        "POST",
        "/v1/assets/upload",
        BodyPublishers.ofByteArray(form.body()),
        "Content-Type",
        form.contentType());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Asks until the answer is as wanted. */
  HttpResponse<byte[]> await(String target, Predicate<HttpResponse<byte[]>> wanted)
      throws IOException, InterruptedException {
    for (int i = 0; i < 1000; i++) {
      var reply = get(target);
      if (wanted.test(reply)) {
        return reply;
      }
      Thread.sleep(30);
    }
    throw new AssertionError("never as wanted: " + text(get(target)));
  }

  @Override
  public void close() {
    client.close();
    server.close();
    hub.close();
  }

  /** A form of {@code multipart/form-data}. */
  static final class Form {
    private static final String BOUNDARY = "----belfry7MA4YWxkTrZu0gW";
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static Form of(String fileName, byte[] content) {
      return new Form().file(fileName, content);
    }

    Form file(String fileName, byte[] content) {
      return part("name=\"file\"; filename=\"" + fileName + "\"", content);
    }

    Form field(String name, String value) {
      return part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param disposition what follows {@code form-data;}
     */
    Form part(String disposition, byte[] content) {
      write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n");
      write(
          disposition.contains("filename")
              ? "Content-Type: application/octet-stream\r\n\r\n"
              : "\r\n");
      bytes.writeBytes(content);
      write("\r\n");
      return this;
    }

    private void write(String text) {
      bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    String contentType() {
      return "multipart/form-data; boundary=" + BOUNDARY;
    }

    byte[] body() {
      var end = ("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
      var all = Arrays.copyOf(bytes.toByteArray(), bytes.size() + end.length);
      System.arraycopy(end, 0, all, bytes.size(), end.length);
      return all;
    }
  }
}
