package dev.belfry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.codec.Codec;
import dev.belfry.http.guard.SteadyRequest;
import dev.belfry.http.guard.SteadyResponse;
import dev.belfry.model.Grant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Leads each request to its endpoint and writes what that answers. Runs on virtual threads, so
 * endpoints may block.
 */
final class Dispatcher extends Handler.Abstract {
  private static final byte[] EMPTY = {};

  /** What the system takes at once, however slowly it is read at the other end. */
  private static final int SMALL = 32 << 10;

  private final Router router;
  private final Gate gate;
  private final Repeats repeats;
  private final Headers headers;
  private final Limits limits;

  Dispatcher(Router router, Gate gate, Repeats repeats, Headers headers, Limits limits) {
    this.router = router;
    this.gate = gate;
    this.repeats = repeats;
    this.headers = headers;
    this.limits = limits;
  }

  @Override
  public boolean handle(Request request, Response response, Callback ended) {
    var callback = new Telling(ended);
    headers.putCommon(response.getHeaders());
    var body = new RequestBody(new SteadyRequest(request, limits.patience()), limits.bodyBytes());
    String endpoint = "";
    byte[] content;
    try {
      gate.admit(request, response.getHeaders());
      switch (router.match(request.getMethod(), rawPath(request))) {
        case Router.Match.Found found -> {
          endpoint = found.route().path();
          Answer answer = answer(request, found, body, callback);
          if (answer instanceof Answer.Streamed streamed) {
            streamed
                .writer()
                .write(request, new SteadyResponse(request, response, limits.patience()));
            callback.succeeded();
            return true;
          }
          if (answer instanceof Answer.Upgraded(var taker)) {
            return taker.take(request, response, callback);
          }
          content = write(answer, response);
        }
        case Router.Match.OtherMethod other ->
            content = otherMethod(request, response, other.allowed());
        case Router.Match.Unknown _ -> content = Errors.write(Errors.notFound(), request, response);
      }
    } catch (Throwable e) {
      if (response.isCommitted()) {
        // The status is sent: to cut the connection is the only way left to say that it failed.
        callback.failed(e);
        return true;
      }
      content = Errors.write(Errors.of(e, request, endpoint), request, response);
    }
    if (body.leavesTooMuch()) {
      sendAndClose(content, body, response, callback);
    } else {
      (content.length < SMALL ? response : new SteadyResponse(request, response, limits.patience()))
          .write(true, ByteBuffer.wrap(content), callback);
    }
    return true;
  }

  private static String rawPath(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null ? "" : path;
  }

  private Answer answer(Request request, Router.Match.Found found, RequestBody body, Telling told) {
    Route route = found.route();
    Grant.Scope scope = route.scope();
    Grant grant = scope == null ? null : gate.grant(request, scope);
    var call = new Call(request, found.parameters(), body, gate, grant);
    return repeats.answer(route, request, body, call, told);
  }

  private static byte[] write(Answer answer, Response response) {
    switch (answer) {
      case Answer.Json json -> {
        response.setStatus(json.status());
        Headers.putJson(response.getHeaders());
        return Codec.toBytes(json.value());
      }
      case Answer.Nothing _ -> {
        response.setStatus(HttpStatus.NO_CONTENT_204);
        return EMPTY;
      }
      case Answer.Whole whole -> {
        response.setStatus(whole.status());
        whole.headers().forEach(response.getHeaders()::put);
        return whole.body().getBytes(UTF_8);
      }
      case Answer.Streamed _, Answer.Upgraded _ ->
          throw new IllegalArgumentException("it writes itself");
    }
  }

  private byte[] otherMethod(Request request, Response response, Set<String> allowed) {
    if (!request.getMethod().equals("OPTIONS")) {
      return Errors.write(Errors.otherMethod(allowed), request, response);
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.ALLOW, String.join(", ", allowed));
    gate.preflight(request, allowed, headers);
    response.setStatus(HttpStatus.NO_CONTENT_204);
    return EMPTY;
  }

  private static void sendAndClose(
      byte[] content, RequestBody body, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    try {
      Content.Sink.write(response, true, ByteBuffer.wrap(content));
      body.linger();
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    }
  }
}
