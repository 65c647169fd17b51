package dev.belfry.http.read;

import dev.belfry.api.codec.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of a query (contract, Query encoding). A key that is absent and one with an empty
 * value both mean the default, as that is how the SDKs send null. Unknown keys are ignored. A
 * method that finds a fault notes it and gives the default.
 */
public final class Query {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  private final Map<String, List<String>> values;
  private final Issues issues;
  private final Consumer<List<Object>> watcher;

  private Query(Map<String, List<String>> values, Issues issues, Consumer<List<Object>> watcher) {
    this.values = values;
    this.issues = issues;
    this.watcher = watcher;
  }

  static Query parse(@Nullable String raw, Issues issues, Consumer<List<Object>> watcher) {
    if (raw == null || raw.isEmpty()) {
      return new Query(Map.of(), issues, watcher);
    }
    var values = new LinkedHashMap<String, List<String>>();
    for (int start = 0; start <= raw.length(); ) {
      int end = raw.indexOf('&', start);
      end = end < 0 ? raw.length() : end;
      if (end > start) {
        parsePair(raw.substring(start, end), values, issues);
      }
      start = end + 1;
    }
    return new Query(values, issues, watcher);
  }

  private static void parsePair(String pair, Map<String, List<String>> values, Issues issues) {
    int equals = pair.indexOf('=');
    String key = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true);
    String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true);
    if (key == null) {
      issues.malformed("Malformed percent-encoding in a key", "query");
    } else if (value == null) {
      issues.malformed("Malformed percent-encoding", "query", key);
    } else {
      values.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(value);
    }
  }

  /**
   * All values of an array, repeated as {@code key=a&key=b} or {@code key[]=a&key[]=b}; a comma
   * belongs to its value.
   */
  public List<String> strings(String key) {
    watcher.accept(List.of("query", key));
    return Stream.of(key, key + "[]")
        .flatMap(name -> values.getOrDefault(name, List.of()).stream())
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** A text, or null for the default. */
  public @Nullable String string(String key) {
    watcher.accept(List.of("query", key));
    List<String> given = values.get(key);
    if (given == null) {
      return null;
    }
    if (given.size() > 1) {
      issues.wrongType("string", "array", List.of("query", key));
      return null;
    }
    return given.get(0).isEmpty() ? null : given.get(0);
  }

  /** A text that must be there and not empty; an empty one stands for a fault. */
  public String requiredString(String key) {
    String given = string(key);
    if (given == null) {
      List<Object> path = List.of("query", key);
      if (values.containsKey(key)) {
        issues.add("too_small", "String must contain at least 1 character(s)", path);
      } else {
        issues.missing(path);
      }
      return "";
    }
    return given;
  }

  /** A text that may be left out but not be empty: {@code key=} is a fault. */
  public @Nullable String filledString(String key) {
    String given = string(key);
    if (given == null && values.containsKey(key)) {
      issues.add("too_small", "String must contain at least 1 character(s)", List.of("query", key));
    }
    return given;
  }

  public boolean bool(String key, boolean fallback) {
    String given = string(key);
    return switch (given) {
      case null -> fallback;
      case "true" -> true;
      case "false" -> false;
      case String _ -> {
        issues.wrongType("boolean", "string", List.of("query", key));
        yield fallback;
      }
    };
  }

  /** A time with a zone; null for the default. */
  public @Nullable Instant time(String key) {
    String given = string(key);
    if (given == null) {
      return null;
    }
    try {
      return Timestamp.parse(given);
    } catch (IllegalArgumentException e) {
      issues.add(
          "invalid_string",
          "Expected a date and time with a zone (ISO 8601)",
          List.of("query", key));
      return null;
    }
  }

  /** One of some texts; null for the default. */
  public @Nullable String oneOf(String key, List<String> allowed) {
    String given = string(key);
    return given == null ? null : checked(given, allowed, key);
  }

  /** Several of some texts. */
  public List<String> someOf(String key, List<String> allowed) {
    return strings(key).stream().filter(given -> checked(given, allowed, key) != null).toList();
  }

  private @Nullable String checked(String given, List<String> allowed, String key) {
    if (allowed.contains(given)) {
      return given;
    }
    issues.add(
        "invalid_enum_value",
        "Invalid enum value. Expected '" + String.join("' | '", allowed) + "'",
        List.of("query", key));
    return null;
  }

  public int integer(String key, int fallback, int min, int max) {
    String given = string(key);
    if (given == null) {
      return fallback;
    }
    List<Object> path = List.of("query", key);
    if (!INTEGER.matcher(given).matches()) {
      issues.wrongType("integer", "string", path);
      return fallback;
    }
    // Far out of any range, and what is out of a long's would not parse.
    String digits = given.length() > 18 ? given.substring(0, 18) : given;
    long value = Long.parseLong(digits);
    if (value < min) {
      issues.add("too_small", "Number must be greater than or equal to " + min, path);
      return fallback;
    }
    if (value > max) {
      issues.add("too_big", "Number must be less than or equal to " + max, path);
      return fallback;
    }
    return (int) value;
  }

  /** One of the constants of {@code type}, written in lower case. */
  public <E extends Enum<E>> E choice(String key, E fallback, Class<E> type) {
    String given = string(key);
    if (given == null) {
      return fallback;
    }
    for (E constant : type.getEnumConstants()) {
      if (wireName(constant).equals(given)) {
        return constant;
      }
    }
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> "'" + wireName(constant) + "'")
            .collect(Collectors.joining(" | "));
    issues.add(
        "invalid_enum_value", "Invalid enum value. Expected " + names, List.of("query", key));
    return fallback;
  }

  private static String wireName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
