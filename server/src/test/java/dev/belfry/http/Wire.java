package dev.belfry.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belfry.contract.Contract;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection to a server, on which a test says exactly what it wants, right or wrong. */
final class Wire implements AutoCloseable {
  /**
   * What came back.
   *
   * @param headers by lower-case name; several of one name joined with a comma
   * @param text the body, as long as the headers said
   */
  record Reply(int status, Map<String, String> headers, String text) {
    byte[] body() {
      return text.getBytes(UTF_8);
    }

    /** The body of a good answer, which looks as the contract says. */
    byte[] valid(String schema) {
      assertEquals(200, status, text);
      Contract.assertValid(schema, body());
      return body();
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final Socket socket;
  private final InputStream in;

  Wire(int port) throws IOException {
    this("127.0.0.1", port);
  }

  Wire(String host, int port) throws IOException {
    socket = new Socket(InetAddress.ofLiteral(host), port);
    socket.setSoTimeout(45_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A request of its own connection. */
  static Reply exchange(int port, String request) throws IOException {
    return exchange(port, request.getBytes(UTF_8));
  }

  static Reply exchange(int port, byte[] request) throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(request);
      return wire.receive(isHead(request));
    }
  }

  private static boolean isHead(byte[] request) {
    return new String(request, ISO_8859_1).startsWith("HEAD ");
  }

  /** A well-formed request: first line, headers, then a body with its length. */
  static String request(String method, String target, String body, String... headers) {
    var text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (String.join("\n", headers)
        .toLowerCase(Locale.ROOT)
        .lines()
        .noneMatch(h -> h.startsWith("host:"))) {
      text.append("Host: localhost\r\n");
    }
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n");
    }
    return text + "\r\n" + body;
  }

  void send(String text) throws IOException {
    send(text.getBytes(UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  Reply receive() throws IOException {
    return receive(false);
  }

  /**
   * @param head whether no body follows, whatever its length
   */
  Reply receive(boolean head) throws IOException {
    String first = line();
    if (!first.startsWith("HTTP/1.1 ")) {
      throw new IOException("no response: " + first);
    }
    var headers = new TreeMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (a, b) -> a + ", " + b);
    }
    int length = head ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the body was cut");
    }
    return new Reply(Integer.parseInt(first.substring(9, 12)), headers, new String(body, UTF_8));
  }

  /** Whether the server closes the connection without another word. */
  boolean isEnded() throws IOException {
    return in.read() < 0;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the connection ended");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
