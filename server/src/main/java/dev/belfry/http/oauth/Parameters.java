package dev.belfry.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.http.Call;
import dev.belfry.http.read.Percent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request: names and texts. None but {@code resource} may come twice (RFC 6749,
 * 3.1); an empty one is absent.
 */
final class Parameters {
  /** Names that may be told back to whoever sent them. */
  private static final Pattern PLAIN = Pattern.compile("[a-z_]{1,40}");

  private final Map<String, List<String>> values;
  private final Consumer<String> watcher;

  private Parameters(Call call, String place, Map<String, List<String>> values) {
    this.values = values;
    this.watcher = name -> call.looksAt(List.of(place, name));
    values.forEach((name, given) -> {
      if (given.size() > 1 && !name.equals("resource")) {
        throw OAuthFault.invalidRequest(called(name) + " was given twice");
      }
    });
  }

  private static String called(String name) {
    return PLAIN.matcher(name).matches() ? name : "A parameter";
  }

  static Parameters ofQuery(Call call) {
    return new Parameters(call, "query", ofForm(call.rawQuery()));
  }

  /** Of a form, or of a JSON object that says the same. */
  static Parameters ofBody(Call call) {
    String type = Members.type(call);
    if (type.equals("application/json")) {
      var values = new LinkedHashMap<String, List<String>>();
      Members.json(call).forEach((name, value) -> put(values, (String) name, value));
      return new Parameters(call, "body", values);
    }
    if (!type.isEmpty() && !type.equals("application/x-www-form-urlencoded")) {
      throw OAuthFault.invalidRequest(
          "The body must be application/x-www-form-urlencoded or application/json");
    }
    try {
      String form = UTF_8.newDecoder().decode(ByteBuffer.wrap(call.bodyBytes())).toString();
      return new Parameters(call, "body", ofForm(form));
    } catch (CharacterCodingException e) {
      throw OAuthFault.invalidRequest("The body is not valid UTF-8");
    }
  }

  private static void put(Map<String, List<String>> values, String name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case String text -> {
        if (!text.isEmpty()) {
          values.put(name, List.of(text));
        }
      }
      default -> throw OAuthFault.invalidRequest(called(name) + " must be a text");
    }
  }

  private static Map<String, List<String>> ofForm(String encoded) {
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
    return values;
  }

  /** Null where it is absent or empty. */
  @Nullable String get(String name) {
    List<String> given = all(name);
    return given.isEmpty() ? null : given.getFirst();
  }

  String require(String name) {
    String given = get(name);
    if (given == null) {
      throw OAuthFault.invalidRequest(name + " is missing");
    }
    return given;
  }

  /** Empty where it is absent. */
  List<String> all(String name) {
    watcher.accept(name);
    return values.getOrDefault(name, List.of());
  }

  /** Those of some names, for parsers of messages. */
  Map<String, List<String>> some(List<String> names) {
    var some = new LinkedHashMap<String, List<String>>();
    for (String name : names) {
      List<String> given = all(name);
      if (!given.isEmpty()) {
        some.put(name, given);
      }
    }
    return some;
  }
}
