package dev.belfry.http;

import dev.belfry.http.read.Input;
import dev.belfry.http.read.InvalidRequest;
import dev.belfry.model.Grant;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** One request, as its endpoint sees it. */
public final class Call {
  private final Request request;
  private final Map<String, String> parameters;
  private final RequestBody body;
  private final Gate gate;
  private final @Nullable Grant grant;
  private final Consumer<List<Object>> watcher;

  Call(
      Request request,
      Map<String, String> parameters,
      RequestBody body,
      Gate gate,
      @Nullable Grant grant) {
    this(request, parameters, body, gate, grant, _ -> {});
  }

  private Call(
      Request request,
      Map<String, String> parameters,
      RequestBody body,
      Gate gate,
      @Nullable Grant grant,
      Consumer<List<Object>> watcher) {
    this.watcher = watcher;
    this.request = request;
    this.parameters = parameters;
    this.body = body;
    this.gate = gate;
    this.grant = grant;
  }

  /**
   * The same, but somebody hears of every place of the request that the endpoint looks at, there or
   * not: for tests, which compare it with what {@code /v1/spec} says.
   */
  Call watchedBy(Consumer<List<Object>> listener) {
    return new Call(request, parameters, body, gate, grant, listener);
  }

  /** What the caller may see. */
  public Grant grant() {
    if (grant == null) {
      throw new IllegalStateException("a public endpoint has no grant");
    }
    return grant;
  }

  /**
   * For a public endpoint that is not public in every state.
   *
   * @throws RuntimeException that becomes 401 or 403
   */
  Grant requireGrant(Grant.Scope scope) {
    return gate.grant(request, scope);
  }

  /**
   * Counts a good token that was shown to a public endpoint.
   *
   * @param subject as {@link Grant#subject}
   * @return how many nanoseconds too early it comes, 0 where it may be answered
   */
  public long countToken(String subject) {
    return gate.countToken(subject);
  }

  /** Likewise a wrong one, by where it comes from. */
  public long countWrongToken() {
    return gate.countWrongToken(request);
  }

  /**
   * Tells, now and later, what the caller's token stands for; nothing once it is no longer good.
   * Does not hold on to the request.
   */
  Supplier<Optional<Grant>> standing() {
    return gate.standing(request);
  }

  /** Whether nothing but the headers of the answer will be sent. */
  boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  /** For an endpoint that takes query or body apart by itself: it looks at this place of them. */
  public void looksAt(List<Object> place) {
    watcher.accept(place);
  }

  /** A parameter of the path, decoded; never empty. */
  public String path(String name) {
    watcher.accept(List.of("params", name));
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return value;
  }

  /**
   * Takes what the endpoint wants to know from query and body. The values picked may be wrong until
   * this returns.
   *
   * @throws InvalidRequest with all that was found wrong
   */
  public <T extends @Nullable Object> T read(Function<Input, T> wanted) {
    return Input.read(request.getHttpURI().getQuery(), body::bytes, watcher, wanted);
  }

  /** A header's value; null where it was not sent. Several of the name: the first. */
  public @Nullable String header(String name) {
    watcher.accept(List.of("header", name));
    return request.getHeaders().get(name);
  }

  /**
   * The body as it comes in, for endpoints that take more than fits in memory. Instead of {@link
   * #read}'s body, not beside it.
   */
  public InputStream bodyStream() {
    return body.stream();
  }

  /** The query as it came, not decoded; empty for none. */
  public String rawQuery() {
    String query = request.getHttpURI().getQuery();
    return query == null ? "" : query;
  }

  /** The whole body, of any form, up to the limit for JSON bodies; empty for none. */
  public byte[] bodyBytes() {
    return body.bytes();
  }

  /** Whether whoever sent this, or a proxy on its behalf, is on this machine. */
  public boolean isFromThisMachine() {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress from
        && from.getAddress() != null
        && from.getAddress().isLoopbackAddress();
  }

  /** The length that the client announced; -1 where it did not. */
  public long bodyLength() {
    return request.getLength();
  }

  /** All words of a header that is a list. */
  List<String> words(String name) {
    return request.getHeaders().getCSV(name, false);
  }

  /** How the client names this server. */
  public BaseUrl base() {
    return BaseUrl.of(request);
  }

  /** The port that the request came in at. */
  int localPort() {
    return Request.getLocalPort(request);
  }
}
