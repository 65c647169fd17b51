package dev.belfry.store;

import dev.belfry.api.Capabilities;
import dev.belfry.api.codec.Codec;
import dev.belfry.model.Attachment;
import dev.belfry.model.Delivery;
import dev.belfry.model.Draft;
import dev.belfry.model.LinkPreview;
import dev.belfry.model.UserId;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that hold JSON: what is read and written only as a whole. */
final class StoredJson {
  private static final Jsonb JSONB = Codec.jsonb();
  private static final JsonType<Capabilities> CAPABILITIES = JSONB.type(Capabilities.class);
  private static final JsonType<Draft> DRAFT = JSONB.type(Draft.class);
  private static final JsonType<Extra> EXTRA = JSONB.type(Extra.class);
  private static final JsonType<StoredDelivery> DELIVERY = JSONB.type(StoredDelivery.class);
  private static final JsonType<List<String>> STRINGS = JSONB.type(String.class).list();
  private static final JsonType<List<Long>> NUMBERS = JSONB.type(Long.class).list();

  private StoredJson() {}

  /**
   * What few messages have.
   *
   * @param mentions null where nobody is mentioned
   * @param legacy whether it is from before mentions were told apart
   */
  @Json
  record Extra(
      @Nullable List<Attachment> attachments,
      @Nullable List<LinkPreview> links,
      @Nullable List<String> mentions,
      boolean legacy,
      boolean emoji,
      @Nullable String imgURL) {}

  /** {@link Delivery} with its kind as a word. */
  @Json
  record StoredDelivery(
      String kind,
      long since,
      @Nullable List<String> to,
      @Nullable String reason,
      @Nullable String message,
      boolean retryable) {}

  static Capabilities capabilities(String json) {
    return CAPABILITIES.fromJson(json);
  }

  static String text(Capabilities value) {
    return CAPABILITIES.toJson(value);
  }

  static @Nullable Draft draft(@Nullable String json) {
    return json == null ? null : DRAFT.fromJson(Codec.reader(json));
  }

  static @Nullable String text(@Nullable Draft value) {
    return value == null ? null : DRAFT.toJson(value);
  }

  static Extra extra(String json) {
    return EXTRA.fromJson(Codec.reader(json));
  }

  static String text(Extra value) {
    return EXTRA.toJson(value);
  }

  static String strings(List<String> values) {
    return STRINGS.toJson(values);
  }

  static List<String> strings(String json) {
    return STRINGS.fromJson(json);
  }

  static String numbers(List<Long> values) {
    return NUMBERS.toJson(values);
  }

  static @Nullable String text(@Nullable Delivery value) {
    return switch (value) {
      case null -> null;
      case Delivery.Queued(var since) -> text("queued", since, null, null, null, false);
      case Delivery.Sent(var since) -> text("sent", since, null, null, null, false);
      case Delivery.Delivered(var since, var to) ->
          text("delivered", since, to.stream().map(UserId::value).toList(), null, null, false);
      case Delivery.Failed(var since, var reason, var message, var retryable) ->
          text("failed", since, null, reason, message, retryable);
    };
  }

  private static String text(
      String kind,
      Instant since,
      @Nullable List<String> to,
      @Nullable String reason,
      @Nullable String message,
      boolean retryable) {
    return DELIVERY.toJson(
        new StoredDelivery(kind, since.toEpochMilli(), to, reason, message, retryable));
  }

  static @Nullable Delivery delivery(@Nullable String json) {
    if (json == null) {
      return null;
    }
    var stored = DELIVERY.fromJson(Codec.reader(json));
    var since = Instant.ofEpochMilli(stored.since());
    return switch (stored.kind()) {
      case "queued" -> new Delivery.Queued(since);
      case "sent" -> new Delivery.Sent(since);
      case "delivered" ->
          new Delivery.Delivered(
              since,
              stored.to() == null ? List.of() : stored.to().stream().map(UserId::new).toList());
      case "failed" ->
          new Delivery.Failed(
              since,
              stored.reason() == null ? "" : stored.reason(),
              stored.message() == null ? "" : stored.message(),
              stored.retryable());
      case String other -> throw new IllegalStateException("unknown delivery " + other);
    };
  }
}
