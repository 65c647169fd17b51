package dev.belfry.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.codec.Codec;
import dev.belfry.api.codec.CodecException;
import dev.belfry.http.Call;
import dev.belfry.http.read.Percent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request: names and texts. None but {@code resource} may come twice (RFC 6749,
 * 3.1); an empty one is absent.
 */
final class Parameters {
  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
    values.forEach((name, given) -> {
      if (given.size() > 1 && !name.equals("resource")) {
        throw OAuthFault.invalidRequest("A parameter was given twice");
      }
    });
  }

  static Parameters ofQuery(Call call) {
    return ofForm(call.rawQuery());
  }

  /** Of a form, or of a JSON object that says the same. */
  static Parameters ofBody(Call call) {
    String type = type(call);
    if (type.equals("application/json")) {
      var values = new LinkedHashMap<String, List<String>>();
      jsonOf(call).forEach((name, value) -> put(values, name, value));
      return new Parameters(values);
    }
    if (!type.isEmpty() && !type.equals("application/x-www-form-urlencoded")) {
      throw OAuthFault.invalidRequest(
          "The body must be application/x-www-form-urlencoded or application/json");
    }
    try {
      return ofForm(UTF_8.newDecoder().decode(ByteBuffer.wrap(call.bodyBytes())).toString());
    } catch (CharacterCodingException e) {
      throw OAuthFault.invalidRequest("The body is not valid UTF-8");
    }
  }

  /** The object that a body holds; {@code application/json} only, which no plain form can send. */
  static Map<?, ?> ofJson(Call call) {
    if (!type(call).equals("application/json")) {
      throw OAuthFault.invalidRequest("The body must be application/json");
    }
    return jsonOf(call);
  }

  private static Map<?, ?> jsonOf(Call call) {
    try {
      if (Codec.tree(call.bodyBytes()) instanceof Map<?, ?> object) {
        return object;
      }
    } catch (CodecException e) {
      throw OAuthFault.invalidRequest("The body is not valid JSON");
    }
    throw OAuthFault.invalidRequest("The body must be a JSON object");
  }

  private static String type(Call call) {
    String type = call.header("Content-Type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static void put(Map<String, List<String>> values, Object name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case String text -> {
        if (!text.isEmpty()) {
          values.put((String) name, List.of(text));
        }
      }
      default -> throw OAuthFault.invalidRequest("A parameter is not a text");
    }
  }

  private static Parameters ofForm(String encoded) {
    var values = new LinkedHashMap<String, List<String>>();
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true);
      if (name == null || value == null) {
        throw OAuthFault.invalidRequest("A parameter is badly encoded");
      }
      if (!value.isEmpty()) {
        values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
      }
    }
    return new Parameters(values);
  }

  /** Null where it is absent or empty. */
  @Nullable String get(String name) {
    List<String> given = values.get(name);
    return given == null ? null : given.getFirst();
  }

  String require(String name) {
    String given = get(name);
    if (given == null) {
      throw OAuthFault.invalidRequest(name + " is missing");
    }
    return given;
  }

  /** For parsers of messages. */
  Map<String, List<String>> all() {
    return new LinkedHashMap<>(values);
  }
}
