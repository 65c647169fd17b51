package dev.belfry.http.events;

import java.io.ByteArrayOutputStream;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Puts a client's frames together, as far as anybody wants to know them, and counts. By one thread
 * at a time.
 */
final class SocketInput {
  static final int LONGEST = 64 << 10;

  /** So much is passed over to tell a client what it did wrong; beyond that it is left alone. */
  private static final int LONGEST_PASSED_OVER = 1 << 20;

  /** Commands in stock, and how many come to it each second. */
  private static final double MOST_AT_ONCE = 100;

  private static final double A_SECOND = 10;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private boolean isBinary;
  private long length;
  private double stock = MOST_AT_ONCE;
  private long counted = System.nanoTime();

  /** Thrown where a client is not to be listened to any longer. */
  static final class Abuse extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;

    Abuse(int code, String message) {
      super(message, null, false, false);
      this.code = code;
    }

    /** What to close with. */
    int code() {
      return code;
    }
  }

  /**
   * Takes a frame of a message.
   *
   * @return what the client says, once that is complete
   */
  @Nullable Command take(Frame frame) throws Abuse {
    if (frame.getOpCode() != OpCode.CONTINUATION) {
      text.reset();
      length = 0;
      isBinary = frame.getOpCode() == OpCode.BINARY;
    }
    length += frame.getPayloadLength();
    if (length > LONGEST_PASSED_OVER) {
      throw new Abuse(1009, "A command has " + LONGEST + " bytes at most");
    }
    var payload = frame.getPayload();
    if (length <= LONGEST && !isBinary && payload != null) {
      var bytes = new byte[payload.remaining()];
      payload.duplicate().get(bytes);
      text.writeBytes(bytes);
    }
    if (!frame.isFin()) {
      return null;
    }
    count();
    if (isBinary) {
      return Command.faulty("Commands are JSON text: send text frames, not binary ones");
    }
    return length > LONGEST
        ? Command.faulty("The command is too long: " + LONGEST + " bytes at most")
        : Command.read(text.toByteArray());
  }

  private void count() throws Abuse {
    long now = System.nanoTime();
    stock = Math.min(MOST_AT_ONCE, stock + (now - counted) / 1e9 * A_SECOND);
    counted = now;
    if (stock < 1) {
      throw new Abuse(1008, "Too many commands: send 10 a second at most");
    }
    stock -= 1;
  }
}
