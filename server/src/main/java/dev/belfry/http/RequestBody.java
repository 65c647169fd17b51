package dev.belfry.http;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

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

  /** Nothing longer is sent to any endpoint: uploads have 500 MB, a third more as base64. */
  private static final long LONGEST = 1L << 30;

  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Request request;
  private final int limit;
  private boolean taken;
  private byte @Nullable [] bytes;
  private @Nullable HashedStream hashed;

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
    if (bytes != null) {
      return bytes;
    }
    if (isAbsent()) {
      return new byte[0];
    }
    long length = request.getLength();
    if (length > limit) {
      throw tooLarge();
    }
    try {
      InputStream in = stream();
      byte[] all = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw tooLarge();
      }
      taken = true;
      bytes = all;
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes as they come, without a limit: the reader keeps its own. */
  InputStream stream() {
    if (bytes != null) {
      return new ByteArrayInputStream(bytes);
    }
    return noting(hashed != null ? hashed : Content.Source.asInputStream(request));
  }

  /** Once its end was seen, nothing is left that could trouble the next request. */
  private InputStream noting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        return noted(super.read());
      }

      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        return noted(super.read(target, from, length));
      }

      private int noted(int result) {
        taken |= result < 0;
        return result;
      }
    };
  }

  /**
   * From now on {@link #hash} can be asked, whoever reads the body. What fits in memory is read at
   * once.
   *
   * @throws UncheckedIOException if the client does not send what it promised
   */
  void track() {
    if (isAbsent()) {
      bytes = new byte[0];
      return;
    }
    InputStream in = Content.Source.asInputStream(request);
    String boundary = MultiPart.extractBoundary(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    if (boundary != null || request.getLength() > limit) {
      hashed = new HashedStream(in, boundary == null ? "" : boundary);
      return;
    }
    try {
      byte[] first = in.readNBytes(limit + 1);
      if (first.length <= limit) {
        taken = true;
        bytes = first;
      } else {
        hashed = new HashedStream(new SequenceInputStream(new ByteArrayInputStream(first), in), "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a tracked body is here as a whole. */
  boolean isInMemory() {
    return bytes != null;
  }

  /**
   * Tells this body from others; reads what is left of it. The boundary of a multipart body does
   * not count, as clients make a new one each time.
   */
  String hash() {
    HashedStream stream = hashed;
    if (stream == null) {
      return HashedStream.hash(bytes());
    }
    try {
      if (!stream.drain(LONGEST)) {
        throw new Refused(Errors.tooLarge("The body is longer than any this server takes"));
      }
      taken = true;
      return stream.hash();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
