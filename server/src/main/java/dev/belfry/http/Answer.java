package dev.belfry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.codec.Codec;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What an endpoint answers when all went well. */
public sealed interface Answer {
  /**
   * JSON.
   *
   * @param status 2xx
   * @param value a wire record, or a list or page of such
   */
  record Json(int status, Object value) implements Answer {
    public Json(Object value) {
      this(200, value);
    }

    /** The same, written out. */
    Whole whole() {
      return new Whole(status, Headers.JSON_TYPE, new String(Codec.toBytes(value), UTF_8));
    }
  }

  /** 204: done, and there is nothing to say. */
  record Nothing() implements Answer {}

  /**
   * A whole answer of another form, such as a page for people or a redirect.
   *
   * @param headers with the content type where there is a body
   */
  record Whole(int status, Map<String, String> headers, String body) implements Answer {}

  /** An answer that is written piece by piece, by the thread of the request. */
  record Streamed(Writer writer) implements Answer {}

  /** No answer, but a connection that speaks another protocol from here on. */
  record Upgraded(Taker taker) implements Answer {}

  /** Takes a connection over. */
  @FunctionalInterface
  interface Taker {
    /**
     * Answers by itself, and calls back once that is done.
     *
     * @return false if it did nothing
     */
    boolean take(Request request, Response response, Callback callback);
  }

  /** Writes an answer. */
  @FunctionalInterface
  interface Writer {
    /**
     * Sets status and headers, then writes the body and returns. What it throws before the first
     * byte is written becomes an error answer; afterwards the connection is cut.
     */
    void write(Request request, Response response) throws IOException, InterruptedException;
  }

  /** The one instance needed. */
  Answer NOTHING = new Nothing();
}
