package dev.belfry.http.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * Sends frames at the pace of the peer: no more is handed over before what went before is on its
 * way, so that nothing piles up for one who does not read.
 */
final class SocketOutput {
  private static final int BYTES_AT_ONCE = 64 << 10;

  private final CoreSession session;
  private final Duration patience;
  private final AtomicBoolean answering = new AtomicBoolean();

  /**
   * How many bytes of texts were handed over, and how many of them the peer is known to have read.
   */
  private final AtomicLong sent = new AtomicLong();

  private volatile long read; // written by the receiving thread alone

  /** Thrown when the peer has not read for too long. */
  static final class Stuck extends Exception {
    private static final long serialVersionUID = 1;

    Stuck(Throwable cause) {
      super(cause);
    }
  }

  /**
   * Sends by a session.
   *
   * @param patience how long 64 KiB may take to be read
   */
  SocketOutput(CoreSession session, Duration patience) {
    this.session = session;
    this.patience = patience;
  }

  /** Parts texts so that each part may be sent at once. */
  static List<List<byte[]>> parts(List<byte[]> texts) {
    var parts = new ArrayList<List<byte[]>>();
    int from = 0;
    while (from < texts.size()) {
      int to = from;
      for (int bytes = 0; to < texts.size() && bytes < BYTES_AT_ONCE; to++) {
        bytes += texts.get(to).length;
      }
      parts.add(texts.subList(from, to));
      from = to;
    }
    return parts;
  }

  /** Sends texts, each a frame and not many, and waits until they are on their way. */
  void send(List<byte[]> texts) throws IOException, InterruptedException, Stuck {
    var done = new Callback.Completable();
    long bytes = 0;
    for (int i = 0; i < texts.size(); i++) {
      boolean isLast = i == texts.size() - 1;
      var frame = new Frame(OpCode.TEXT, ByteBuffer.wrap(texts.get(i)));
      session.sendFrame(frame, isLast ? done : Callback.NOOP, !isLast);
      bytes += texts.get(i).length;
    }
    await(done, bytes);
    sent.addAndGet(bytes);
  }

  /**
   * Asks for a sign of life, whose answer also tells how much was read: all that was sent before.
   */
  void ping() throws IOException, InterruptedException, Stuck {
    var done = new Callback.Completable();
    var upTo = ByteBuffer.allocate(Long.BYTES).putLong(sent.get()).flip();
    session.sendFrame(new Frame(OpCode.PING, upTo), done, false);
    await(done, 0);
  }

  /** Takes the answer to a ping. */
  void ponged(Frame pong) {
    var payload = pong.getPayload();
    if (payload != null && payload.remaining() == Long.BYTES) {
      long upTo = payload.getLong(payload.position());
      if (upTo > read && upTo <= sent.get()) {
        read = upTo;
      }
    }
  }

  /**
   * How long the peer may need for what it is not known to have read yet; a little is read in no
   * time.
   */
  Duration backlog() {
    return patience.multipliedBy((sent.get() - read) / BYTES_AT_ONCE);
  }

  private void await(Callback.Completable done, long bytes)
      throws IOException, InterruptedException, Stuck {
    try {
      // One event may be more than that.
      var longest = patience.multipliedBy(1 + bytes / BYTES_AT_ONCE);
      done.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Stuck(e);
    } catch (ExecutionException e) {
      throw new IOException("the connection is gone", e);
    }
  }

  /**
   * Answers a ping; not while the answer to an earlier one is still on its way, or a peer that
   * pings and does not read would have them pile up (RFC 6455, section 5.5.3).
   */
  void pong(Frame ping) {
    if (answering.compareAndSet(false, true)) {
      var payload = ping.getPayload();
      var copy = ByteBuffer.allocate(payload == null ? 0 : payload.remaining());
      if (payload != null) {
        copy.put(payload.duplicate());
      }
      session.sendFrame(
          new Frame(OpCode.PONG, copy.flip()), Callback.from(() -> answering.set(false)), false);
    }
  }
}
