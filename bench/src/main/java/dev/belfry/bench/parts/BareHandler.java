package dev.belfry.bench.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Answers bytes that it was given before, under the path they were put to: the least that HTTP
 * costs. Under {@code /run/} it runs one of the other parts.
 */
final class BareHandler extends Handler.Abstract {
  private final Map<String, byte[]> contents;
  private final Runs runs;

  BareHandler(Map<String, byte[]> contents, Runs runs) {
    this.contents = contents;
    this.runs = runs;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var path = Request.getPathInContext(request);
    var answer =
        switch (request.getMethod()) {
          case "GET" -> contents.get(path);
          case "PUT" -> {
            contents.put(path, body(request));
            yield new byte[0];
          }
          default -> {
            var body = body(request);
            yield path.startsWith("/run/")
                ? runs.run(path.substring("/run/".length()), new String(body, UTF_8))
                    .getBytes(UTF_8)
                : contents.get(path);
          }
        };
    if (answer == null) {
      return false;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(answer), callback);
    return true;
  }

  private static byte[] body(Request request) throws Exception {
    return BufferUtil.toArray(Content.Source.asByteBuffer(request));
  }
}
