package dev.belfry.http;

import dev.belfry.core.files.Asset;
import dev.belfry.http.assets.ByteRange;
import dev.belfry.http.assets.Conditions;
import dev.belfry.http.assets.Disposition;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * A file as an answer (contract, {@code GET /v1/assets/serve}): whole, a part of it, or the word
 * that the client's copy is still right.
 */
record AssetAnswer(Asset asset) implements Answer.Writer {
  private static final int BUFFER = 64 << 10;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** What a browser shows and does not run; everything else it is to save. */
  private static final Set<String> SHOWN =
      Set.of(
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/webp",
          "image/avif",
          "image/bmp",
          "image/heic",
          "image/heif",
          "image/tiff",
          "text/plain");

  @Override
  public void write(Request request, Response response) throws IOException {
    try (asset) {
      var headers = response.getHeaders();
      var conditions =
          new Conditions(request.getHeaders(), "\"" + asset.tag() + "\"", asset.modified());
      headers.put(HttpHeader.ETAG, conditions.etag());
      headers.put(HttpHeader.LAST_MODIFIED, Conditions.date(asset.modified()));
      // private as chats are, but kept by who asked for it
      headers.put(HttpHeader.CACHE_CONTROL, "private, no-cache");
      headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
      if (conditions.isCurrent()) {
        response.setStatus(HttpStatus.NOT_MODIFIED_304);
        end(response);
        return;
      }
      var range = ByteRange.of(conditions.range(), asset.size());
      if (range instanceof ByteRange.Unsatisfiable) {
        throw unsatisfiable();
      }
      var type = asset.mimeType();
      boolean isShown =
          SHOWN.contains(type) || type.startsWith("audio/") || type.startsWith("video/");
      headers.put(HttpHeader.CONTENT_TYPE, type);
      headers.put("Content-Disposition", Disposition.of(isShown, asset.fileName()));
      headers.put("Content-Security-Policy", "default-src 'none'; sandbox");
      switch (range) {
        case ByteRange.Whole _ -> {
          response.setStatus(HttpStatus.OK_200);
          send(request, response, 0, asset.size());
        }
        case ByteRange.Part(var first, var last) -> {
          response.setStatus(HttpStatus.PARTIAL_CONTENT_206);
          headers.put(
              HttpHeader.CONTENT_RANGE, "bytes %d-%d/%d".formatted(first, last, asset.size()));
          send(request, response, first, last - first + 1);
        }
        case ByteRange.Unsatisfiable _ -> throw unsatisfiable();
      }
    }
  }

  private Refused unsatisfiable() {
    return new Refused(
        Problem.of(
                HttpStatus.RANGE_NOT_SATISFIABLE_416,
                "RANGE_NOT_SATISFIABLE",
                "The file has %d bytes; nothing of it lies in this range".formatted(asset.size()))
            .with("Content-Range", "bytes */" + asset.size()));
  }

  private void send(Request request, Response response, long from, long length) throws IOException {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
    if (length == 0 || HttpMethod.HEAD.is(request.getMethod())) {
      end(response);
      return;
    }
    var buffer = ByteBuffer.allocate((int) Math.min(BUFFER, length));
    long at = from;
    long end = from + length;
    while (at < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
      int read = asset.content().read(buffer, at);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was sent");
      }
      at += read;
      Content.Sink.write(response, at == end, buffer.flip());
    }
  }

  private static void end(Response response) throws IOException {
    Content.Sink.write(response, true, NOTHING.duplicate());
  }
}
