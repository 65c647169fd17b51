package dev.belfry.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what the HTTP server refuses before any endpoint is asked, such as a broken request line,
 * in the API's own form.
 */
final class ErrorPages implements Request.Handler {
  private final Headers headers;

  ErrorPages(Headers headers) {
    this.headers = headers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    headers.putCommon(response.getHeaders());
    int status =
        request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException refusal
            ? refusal.getCode()
            : response.getStatus();
    byte[] content = Errors.write(Errors.ofStatus(status), request, response);
    response.write(true, ByteBuffer.wrap(content), callback);
    return true;
  }
}
