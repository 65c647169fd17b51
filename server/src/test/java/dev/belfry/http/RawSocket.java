package dev.belfry.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.codec.Codec;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;

/** A WebSocket on which a test says exactly what it wants, right or wrong, frame by frame. */
public final class RawSocket implements AutoCloseable {
  public static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CONTINUATION = 0;
  public static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** What the server sent. */
  static final class Received {
    private final int opcode;
    private final byte[] bytes;

    private Received(int opcode, byte[] bytes) {
      this.opcode = opcode;
      this.bytes = bytes;
    }

    int opcode() {
      return opcode;
    }

    byte[] bytes() {
      return bytes.clone();
    }

    public String text() {
      return new String(bytes, UTF_8);
    }

    /** Of a closing. */
    public int code() {
      return bytes.length < 2 ? 1005 : ByteBuffer.wrap(bytes).getShort() & 0xffff;
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  final String head;

  /** Returns once the server has answered the handshake, or refused it. */
  public RawSocket(int port, String... headers) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(16 << 10);
    socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(20_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    var request = new StringBuilder("GET /v1/ws HTTP/1.1\r\nHost: localhost\r\n");
    request.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    socket.getOutputStream().write(request.append("\r\n").toString().getBytes(UTF_8));
    var read = new StringBuilder();
    while (read.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no handshake");
      }
      read.append((char) b);
    }
    head = read.toString();
  }

  int status() {
    return Integer.parseInt(head.substring(9, 12));
  }

  boolean hasHeader(String header) {
    return head.toLowerCase(Locale.ROOT)
        .contains("\r\n" + header.toLowerCase(Locale.ROOT) + "\r\n");
  }

  public void send(String text) throws IOException {
    send(TEXT, true, text.getBytes(UTF_8));
  }

  void send(int opcode, boolean fin, byte[] bytes) throws IOException {
    sendRaw(frame(opcode, fin, bytes));
  }

  void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** A frame, masked as a client's must be. */
  static byte[] frame(int opcode, boolean fin, byte[] bytes) {
    var out = new ByteArrayOutputStream();
    out.write((fin ? 0x80 : 0) | opcode);
    if (bytes.length < 126) {
      out.write(0x80 | bytes.length);
    } else if (bytes.length < 1 << 16) {
      out.write(0x80 | 126);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) bytes.length).array());
    } else {
      out.write(0x80 | 127);
      out.writeBytes(ByteBuffer.allocate(8).putLong(bytes.length).array());
    }
    byte[] mask = "mask".getBytes(ISO_8859_1);
    out.writeBytes(mask);
    for (int i = 0; i < bytes.length; i++) {
      out.write(bytes[i] ^ mask[i % 4]);
    }
    return out.toByteArray();
  }

  /** The next frame. */
  public Received receive() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    var bytes = new byte[(int) length];
    in.readFully(bytes);
    return new Received(first & 0xf, bytes);
  }

  /** The next text. */
  public String text() throws IOException {
    var received = receive();
    if (received.opcode() != TEXT) {
      throw new IOException("no text: " + received.opcode() + " " + received.code());
    }
    return received.text();
  }

  Map<?, ?> json() throws IOException {
    String text = text();
    if (Codec.tree(text.getBytes(UTF_8)) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IOException(text);
  }

  /** The code that the server closes with, whatever it says before. */
  int closing() throws IOException {
    while (true) {
      var received = receive();
      if (received.opcode() == CLOSE) {
        return received.code();
      }
    }
  }

  /**
   * Whether it ends with a code, for one to whom much was sent that nobody reads any more: such a
   * connection may be reset, and the code with it (RFC 9293, section 3.10.4).
   */
  boolean isCutOffWith(int code) throws IOException {
    try {
      return closing() == code;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Says that nothing more will be sent. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Whether the connection ends. */
  boolean isEnded() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
