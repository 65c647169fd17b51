package dev.belfry.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The body of one request: read once and not beyond the limit; what stays unread does no harm. */
final class RequestBody {
  /**
   * An unread body up to this length is read and thrown away, so that the connection can be used
   * again.
   */
  private static final int CHEAP = 64 << 10;

  /**
   * How much more is taken from a client that goes on sending after its answer, and for how long.
   */
  private static final long LINGER_BYTES = 16L << 20;

  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Request request;
  private final int limit;
  private boolean taken;

  RequestBody(Request request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  /**
   * The bytes; none if there is no body.
   *
   * @throws Refused with 413 as soon as it is known to be over the limit
   * @throws UncheckedIOException if the client does not send what it promised
   */
  byte[] bytes() {
    if (isAbsent()) {
      return new byte[0];
    }
    long length = request.getLength();
    if (length > limit) {
      throw tooLarge();
    }
    try {
      InputStream in = Content.Source.asInputStream(request);
      byte[] bytes = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw tooLarge();
      }
      taken = true;
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes as they come, without a limit: the reader keeps its own. */
  InputStream stream() {
    return new FilterInputStream(Content.Source.asInputStream(request)) {
      @Override
      public int read() throws IOException {
        return noted(super.read());
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        return noted(super.read(bytes, from, length));
      }

      private int noted(int result) {
        taken |= result < 0;
        return result;
      }
    };
  }

  private Refused tooLarge() {
    return new Refused(Errors.tooLarge("The body is over the limit of " + limit + " bytes"));
  }

  private boolean isAbsent() {
    return request.getLength() == 0
        || (request.getLength() < 0
            && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
  }

  /**
   * Deals with a body that nobody has read, before the answer is sent.
   *
   * @return true if too much is left: then the answer must close the connection, and {@link
   *     #linger} follow it
   */
  boolean leavesTooMuch() {
    if (taken || isAbsent() || isHeldBack()) {
      return false;
    }
    if (request.getLength() < 0 || request.getLength() > CHEAP) {
      return true;
    }
    try {
      Content.Source.asInputStream(request).transferTo(OutputStream.nullOutputStream());
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** A client that waits for 100 Continue has sent nothing, and will not. */
  private boolean isHeldBack() {
    return request.getHeaders().contains(HttpHeader.EXPECT, "100-continue");
  }

  /**
   * Goes on reading for a while after the answer. To close at once, with bytes unread, would make
   * the system reset the connection, and the client would lose the answer that tells it why.
   */
  void linger() throws InterruptedException {
    long deadline = System.nanoTime() + LINGER.toNanos();
    long bytes = 0;
    while (bytes < LINGER_BYTES) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        var more = new CountDownLatch(1);
        request.demand(more::countDown);
        if (!more.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return;
        }
      } else {
        bytes += chunk.remaining();
        chunk.release();
        if (chunk.isLast() || Content.Chunk.isFailure(chunk) || System.nanoTime() > deadline) {
          return;
        }
      }
    }
  }
}
