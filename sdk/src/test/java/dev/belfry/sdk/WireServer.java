package dev.belfry.sdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on a loopback port that gives prepared answers and remembers what came, byte for
 * byte as far as it matters. One request a connection.
 */
final class WireServer implements AutoCloseable {
  /** What came: the target is path and query as they were sent. */
  record Request(String method, String target, Map<String, String> headers, String body) {
    @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  /** What goes back. A cut answer ends in the middle; a stalled one does not even end. */
  private record Answer(int status, String head, String body, boolean cut, boolean stalled) {}

  private final ServerSocket listener;
  private final Thread thread;
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private @Nullable Socket stalled;

  WireServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread = new Thread(this::serve, "wire-server");
    thread.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Prepares a JSON answer; headers as {@code "name: value"}. */
  WireServer answer(int status, String json, String... headers) {
    return prepare(
        new Answer(
            status, "Content-Type: application/json\r\n" + lines(headers), json, false, false));
  }

  /** Prepares an answer that is not JSON. */
  WireServer answerText(int status, String text) {
    return prepare(new Answer(status, "Content-Type: text/html\r\n", text, false, false));
  }

  /** Prepares the end of the connection in the middle of the body. */
  WireServer cut() {
    return prepare(new Answer(200, "", "half of it", true, false));
  }

  /** Prepares an answer that stops in the middle of the body and leaves the connection open. */
  WireServer stall() {
    return prepare(new Answer(200, "", "half of it", true, true));
  }

  private synchronized WireServer prepare(Answer answer) {
    answers.add(answer);
    return this;
  }

  private synchronized @Nullable Answer next() {
    return answers.poll();
  }

  /** The next request that came. */
  Request request() throws InterruptedException {
    Request request = requests.poll(10, TimeUnit.SECONDS);
    if (request == null) throw new AssertionError("no request came");
    return request;
  }

  /** How many requests came that nobody has looked at. */
  int pending() {
    return requests.size();
  }

  private static String lines(String... headers) {
    StringBuilder lines = new StringBuilder();
    for (String header : headers) lines.append(header).append("\r\n");
    return lines.toString();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (handle(socket)) stalled = socket;
        else socket.close();
      } catch (IOException closedOrGone) {
        // the next accept tells which
      }
    }
  }

  /** Whether the connection is to stay open. */
  private boolean handle(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    String first = line(in);
    if (first.isEmpty()) return false;
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    int space = first.indexOf(' ');
    String target = first.substring(space + 1, first.lastIndexOf(' '));
    requests.add(new Request(first.substring(0, space), target, headers, body));
    Answer answer = next();
    if (answer == null) return false; // nothing prepared: hang up
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    int promised = bytes.length + (answer.cut() ? 100 : 0);
    String head =
        "HTTP/1.1 "
            + answer.status()
            + " X\r\n"
            + answer.head()
            + "Connection: close\r\n"
            + (answer.status() == 204 ? "" : "Content-Length: " + promised + "\r\n")
            + "\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(bytes);
    out.flush();
    return answer.stalled();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (stalled != null) stalled.close();
  }
}
