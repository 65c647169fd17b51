package dev.belfry.http.oauth;

import dev.belfry.api.codec.Codec;
import dev.belfry.api.codec.CodecException;
import dev.belfry.http.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object that a program sent. One that is null is absent. */
final class Members {
  private final Call call;
  private final List<Object> place;
  private final Map<?, ?> values;

  private Members(Call call, List<Object> place, Map<?, ?> values) {
    this.call = call;
    this.place = place;
    this.values = values;
  }

  /**
   * Of a body; {@code application/json} only, which no plain form of a web page can send.
   *
   * @throws OAuthFault if it is no object
   */
  static Members ofBody(Call call) {
    if (!type(call).equals("application/json")) {
      throw OAuthFault.invalidRequest("The body must be application/json");
    }
    return new Members(call, List.of("body"), json(call));
  }

  /** What a body says it is, without parameters; empty where it does not say. */
  static String type(Call call) {
    String type = call.header("Content-Type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  static Map<?, ?> json(Call call) {
    try {
      if (Codec.tree(call.bodyBytes()) instanceof Map<?, ?> object) {
        return object;
      }
    } catch (CodecException e) {
      throw OAuthFault.invalidRequest("The body is not valid JSON");
    }
    throw OAuthFault.invalidRequest("The body must be a JSON object");
  }

  private @Nullable Object get(String name) {
    var at = new ArrayList<>(place);
    at.add(name);
    call.looksAt(at);
    return values.get(name);
  }

  /**
   * A text; null where there is none.
   *
   * @throws OAuthFault if it is anything else
   */
  @Nullable String text(String name) {
    return switch (get(name)) {
      case null -> null;
      case String text -> text;
      case Object _ -> throw OAuthFault.invalidRequest(name + " must be a text");
    };
  }

  /** As {@link #text}, but an empty one is absent, too. */
  @Nullable String someText(String name) {
    String text = text(name);
    return text == null || text.isEmpty() ? null : text;
  }

  /** Texts; null where there is no such list. */
  @Nullable List<String> texts(String name) {
    Object given = get(name);
    if (given == null) {
      return null;
    }
    var fault = OAuthFault.invalidRequest(name + " must be an array of texts");
    if (!(given instanceof List<?> list)) {
      throw fault;
    }
    var texts = new ArrayList<String>(list.size());
    for (Object each : list) {
      if (!(each instanceof String text)) {
        throw fault;
      }
      texts.add(text);
    }
    return texts;
  }

  /**
   * An object within.
   *
   * @throws OAuthFault if there is none
   */
  Members object(String name) {
    if (get(name) instanceof Map<?, ?> object) {
      var at = new ArrayList<>(place);
      at.add(name);
      return new Members(call, at, object);
    }
    throw OAuthFault.invalidRequest(name + " must be an object");
  }
}
