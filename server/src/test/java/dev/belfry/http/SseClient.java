package dev.belfry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A client of a stream of server-sent events, on a connection of its own. */
public final class SseClient implements AutoCloseable {
  /** One event. */
  public record Sent(String id, String type, String text) {
    byte[] data() {
      return text.getBytes(UTF_8);
    }
  }

  private final Socket socket;
  private final BufferedReader in;

  /** Returns once the stream has begun. */
  public SseClient(int port, String authorization, String query, @Nullable String lastEventId)
      throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    var request = "GET /v1/events" + query + " HTTP/1.1\r\nHost: localhost\r\n" + authorization;
    var last = lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
    socket
        .getOutputStream()
        .write((request + "\r\nAccept: text/event-stream\r\n" + last + "\r\n").getBytes(UTF_8));
    String status = line();
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    boolean isStream = false;
    for (var line = line(); !line.isEmpty(); line = line()) {
      isStream |= line.equalsIgnoreCase("Content-Type: text/event-stream");
    }
    while (!line().startsWith(":")) {
      // the length of the first chunk
    }
    if (!isStream) {
      throw new IOException("no stream of events");
    }
  }

  private String line() throws IOException {
    var line = in.readLine();
    if (line == null) {
      throw new IOException("the stream was cut");
    }
    return line;
  }

  /** The next event; what a chunk's frame adds is no field and so ignored, as by any client. */
  public Sent next() throws IOException {
    String id = "";
    String type = "message";
    String data = null;
    while (true) {
      var line = line();
      if (line.isEmpty() && data != null) {
        return new Sent(id, type, data);
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        type = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      }
    }
  }

  /** Whether the server ends the stream in good order without another event. */
  boolean isEnded() throws IOException {
    while (true) {
      var line = line();
      if (line.startsWith("data: ")) {
        return false;
      }
      if (line.equals("0")) {
        return true;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
