package dev.belfry.bench.measure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server on this machine, kept alive, one request after the other. Not a client
 * for general use: no more is done than is needed, so that what is measured is the server.
 */
public final class HttpLine implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final String LENGTH = "content-length:";

  private final int port;
  private Socket socket;
  private InputStream in;
  private byte[] buffer = new byte[1 << 16];
  private int filled;

  public HttpLine(int port) throws IOException {
    this.port = port;
    socket = connect();
    in = socket.getInputStream();
  }

  private Socket connect() throws IOException {
    var fresh = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    fresh.setTcpNoDelay(true);
    fresh.setSoTimeout(TIMEOUT_MILLIS);
    return fresh;
  }

  /** Connects anew, as servers close connections that are not used for a while. */
  public void reopen() throws IOException {
    socket.close();
    socket = connect();
    in = socket.getInputStream();
  }

  /**
   * Writes a request down, to be sent many times.
   *
   * @param target the path with its query, encoded
   * @param token null for none
   * @param body JSON; null for none
   */
  public static byte[] request(
      String method, String target, @Nullable String token, byte @Nullable [] body) {
    var head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    if (token != null) {
      head.append("Authorization: Bearer ").append(token).append("\r\n");
    }
    if (body != null) {
      head.append("Content-Type: application/json\r\nContent-Length: ").append(body.length);
      head.append("\r\n");
    }
    var first = head.append("\r\n").toString().getBytes(ISO_8859_1);
    if (body == null) {
      return first;
    }
    var all = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }

  /** Sends a request and reads the answer to its end; fails unless it is 2xx. */
  public void send(byte[] request) throws IOException {
    int end = exchange(request);
    requireSuccess(end);
  }

  /** As {@link #send}, and gives the answer's body. */
  public byte[] get(byte[] request) throws IOException {
    int end = exchange(request);
    requireSuccess(end);
    return Arrays.copyOfRange(buffer, end, filled);
  }

  /** Fills the buffer with the answer; where its body begins. */
  private int exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    filled = 0;
    int head = -1;
    int searched = 0;
    while (head < 0) {
      read();
      head = endOfHead(searched);
      searched = Math.max(0, filled - 3);
    }
    int all = head + length(head);
    while (filled < all) {
      read();
    }
    return head;
  }

  private void read() throws IOException {
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    filled += count;
  }

  private int endOfHead(int from) {
    for (int i = from; i + 3 < filled; i++) {
      if (buffer[i] == '\r'
          && buffer[i + 1] == '\n'
          && buffer[i + 2] == '\r'
          && buffer[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private int length(int head) throws IOException {
    for (int i = 0; i < head; i++) {
      if (buffer[i] == '\n' && isLength(i + 1, head)) {
        int from = i + 1 + LENGTH.length();
        int to = from;
        while (buffer[to] != '\r') {
          to++;
        }
        return Integer.parseInt(new String(buffer, from, to - from, ISO_8859_1).strip());
      }
    }
    if (new String(buffer, 0, head, ISO_8859_1).startsWith("HTTP/1.1 204")) {
      return 0;
    }
    throw new IOException("an answer without a length");
  }

  private boolean isLength(int from, int head) {
    if (from + LENGTH.length() > head) {
      return false;
    }
    for (int i = 0; i < LENGTH.length(); i++) {
      if ((buffer[from + i] | 0x20) != (LENGTH.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private void requireSuccess(int head) throws IOException {
    // "HTTP/1.1 200"
    if (buffer[9] != '2') {
      throw new IOException(
          "answer %s: %s"
              .formatted(
                  new String(buffer, 9, 3, ISO_8859_1),
                  new String(buffer, head, filled - head, UTF_8)));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
