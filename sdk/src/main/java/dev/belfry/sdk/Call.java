package dev.belfry.sdk;

import dev.belfry.api.Page;
import dev.belfry.api.codec.Codec;
import dev.belfry.api.codec.CodecException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call in the making: an endpoint of a resource is one such chain. */
final class Call {
  final String method;
  final StringBuilder target = new StringBuilder();
  @Nullable Supplier<BodyPublisher> body;
  String contentType = "application/json";
  final Map<String, String> headers = new LinkedHashMap<>();
  boolean withToken = true;
  @Nullable String idempotencyKey;

  /** What takes a file along takes as long as the line needs. */
  private static final Duration LONG = Duration.ofHours(1);

  private final Http http;
  private Duration patience = Duration.ZERO;
  private Duration additional = Duration.ZERO;
  private char separator = '?';

  /** A call to the path that these segments make, each of them still unescaped. */
  Call(Http http, String method, String... segments) {
    this.http = http;
    this.method = method;
    for (String segment : segments) target.append('/').append(Escape.segment(segment));
  }

  /** Adds a query parameter; null leaves it out. */
  Call query(String name, @Nullable Object value) {
    if (value != null) {
      target.append(separator).append(name).append('=').append(Escape.escape(value.toString()));
      separator = '&';
    }
    return this;
  }

  /** Adds a query parameter for each value. */
  Call query(String name, List<String> values) {
    for (String value : values) query(name, (Object) value);
    return this;
  }

  /** Sends this as JSON. */
  Call body(Object params) {
    byte[] json = Codec.toBytes(params);
    body = () -> BodyPublishers.ofByteArray(json);
    return this;
  }

  /**
   * Sends what is too long to be held in memory.
   *
   * @param publisher asked anew for each try
   */
  Call body(String type, Supplier<BodyPublisher> publisher) {
    contentType = type;
    body = publisher;
    patience = LONG;
    return this;
  }

  /** Adds a header; null leaves it out. */
  Call header(String name, @Nullable String value) {
    if (value != null) headers.put(name, value);
    return this;
  }

  /** How long a try of this call may take, where a usual one takes so long. */
  Duration patience(Duration usual) {
    return (usual.compareTo(patience) > 0 ? usual : patience).plus(additional);
  }

  /** Makes the call; the answer is a file. */
  HttpResponse<InputStream> stream() {
    return http.open(this, "application/octet-stream");
  }

  /** Sends no token. */
  Call open() {
    withToken = false;
    return this;
  }

  /**
   * Has the server answer later, once something has happened, and waits for it so much longer.
   *
   * @param wait at most; rounded up to seconds
   */
  Call waiting(Duration wait) {
    additional = wait;
    return query("wait", wait.plusNanos(999_999_999).toSeconds());
  }

  /** Lets a server that can recognise a repeat do it only once, as all writes are. */
  Call once() {
    idempotencyKey = UUID.randomUUID().toString();
    return this;
  }

  /** Makes the call; the answer has no body, or none that matters. */
  void perform() {
    http.send(this, "*/*");
  }

  /** Makes the call; the answer is one object. */
  <T> T as(Class<T> type) {
    return read(json -> Codec.read(type, json));
  }

  /** Makes the call; the answer is a list of objects. */
  <T> List<T> asList(Class<T> item) {
    return read(json -> Codec.readList(item, json));
  }

  /** Makes the call; the answer is a page of objects. */
  <T> Page<T> asPage(Class<T> item) {
    return read(json -> Codec.readPage(item, json));
  }

  private <T> T read(Function<byte[], T> reader) {
    byte[] json = http.send(this, "application/json");
    try {
      return reader.apply(json);
    } catch (CodecException e) {
      throw new BelfryException.UnreadableAnswer(
          "The answer could not be read: " + e.getMessage(), e);
    }
  }
}
