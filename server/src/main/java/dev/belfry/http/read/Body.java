package dev.belfry.http.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.ApiError;
import dev.belfry.api.Field;
import dev.belfry.api.codec.Codec;
import dev.belfry.api.codec.CodecException;
import dev.belfry.api.codec.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a request's body. Unknown keys are ignored. A method that finds a fault notes it
 * and gives what it gives for an absent key; null is a fault wherever the contract does not name
 * the key nullable.
 */
public final class Body {
  private final Map<String, @Nullable Object> members;
  private final List<Object> path;
  private final Issues issues;
  private final Consumer<List<Object>> watcher;

  private Body(
      Map<String, @Nullable Object> members,
      List<Object> path,
      Issues issues,
      Consumer<List<Object>> watcher) {
    this.members = members;
    this.path = path;
    this.issues = issues;
    this.watcher = watcher;
  }

  /**
   * No body at all says the same as {@code {}} (contract, Content negotiation); what is required is
   * then missed by key.
   */
  static Body parse(byte[] json, Issues issues, Consumer<List<Object>> watcher) {
    try {
      return of(json.length == 0 ? Map.of() : Codec.tree(json), List.of("body"), issues, watcher);
    } catch (CodecException e) {
      var place = new ArrayList<Object>(List.of("body"));
      place.addAll(e.path());
      throw new InvalidRequest(
          List.of(new ApiError.Issue("custom", "Malformed JSON: " + e.getMessage(), place)));
    }
  }

  @SuppressWarnings("unchecked") // The codec makes no other maps.
  private static Body of(
      @Nullable Object value, List<Object> path, Issues issues, Consumer<List<Object>> watcher) {
    if (value instanceof Map<?, ?> members) {
      return new Body((Map<String, @Nullable Object>) members, path, issues, watcher);
    }
    issues.wrongType("object", typeOf(value), path);
    // What its keys would have lacked goes without saying.
    return new Body(Map.of(), path, new Issues(), watcher);
  }

  /** A text that may be absent: then null. */
  public @Nullable String string(String key) {
    if (!has(key)) {
      return null;
    }
    if (members.get(key) instanceof String text) {
      return wellFormed(text);
    }
    wrongType("string", key);
    return null;
  }

  /** A text that must be there and not empty; an empty one stands for a fault. */
  public String requiredString(String key) {
    String text = string(key);
    if (text == null && !has(key)) {
      issues.missing(at(key));
    } else if (text != null && text.isEmpty()) {
      issues.add("too_small", "String must contain at least 1 character(s)", at(key));
    }
    return text == null ? "" : text;
  }

  public boolean bool(String key, boolean fallback) {
    if (!has(key)) {
      return fallback;
    }
    if (members.get(key) instanceof Boolean value) {
      return value;
    }
    wrongType("boolean", key);
    return fallback;
  }

  /** True, false, or null when absent. */
  public @Nullable Boolean boolOrNull(String key) {
    return has(key) ? bool(key, false) : null;
  }

  /** A text that may also be null, which clears what it names. */
  public Field<String> nullableString(String key) {
    if (has(key) && members.get(key) == null) {
      return Field.nothing();
    }
    String text = string(key);
    return text == null ? Field.absent() : Field.of(text);
  }

  /** A whole number of at least 0 that may also be null, which clears what it names. */
  public Field<Integer> nullableCount(String key) {
    if (!has(key)) {
      return Field.absent();
    }
    if (members.get(key) == null) {
      return Field.nothing();
    }
    Integer value = count(key);
    return value == null ? Field.absent() : Field.of(value);
  }

  /** A whole number from 0 to 2^31 - 1; null when absent. */
  public @Nullable Integer count(String key) {
    if (!has(key)) {
      return null;
    }
    if (!(members.get(key) instanceof Number number)) {
      wrongType("number", key);
      return null;
    }
    double value = number.doubleValue();
    if (value != Math.rint(value)) {
      issues.wrongType("integer", "float", at(key));
    } else if (value < 0) {
      issues.add("too_small", "Number must be greater than or equal to 0", at(key));
    } else if (value > Integer.MAX_VALUE) {
      issues.add("too_big", "Number must be less than or equal to 2147483647", at(key));
    } else {
      return (int) value;
    }
    return null;
  }

  /** A number of at least 0, such as seconds; null when absent. */
  public @Nullable Double amount(String key) {
    if (!has(key)) {
      return null;
    }
    if (!(members.get(key) instanceof Number number)) {
      wrongType("number", key);
      return null;
    }
    if (number.doubleValue() < 0) {
      issues.add("too_small", "Number must be greater than or equal to 0", at(key));
      return null;
    }
    return number.doubleValue();
  }

  /** A time with a zone; null when absent. */
  public @Nullable Instant time(String key) {
    String text = string(key);
    if (text == null) {
      return null;
    }
    try {
      return Timestamp.parse(text);
    } catch (IllegalArgumentException e) {
      issues.add("invalid_string", "Expected a date and time with a zone (ISO 8601)", at(key));
      return null;
    }
  }

  /** Unix milliseconds, as older clients send times; null when absent. */
  public @Nullable Instant unixMillis(String key) {
    if (!has(key)) {
      return null;
    }
    if (members.get(key) instanceof Number number && Math.abs(number.doubleValue()) < 1e15) {
      return Instant.ofEpochMilli(number.longValue());
    }
    wrongType("number", key);
    return null;
  }

  /** One of some texts; null when absent. */
  public @Nullable String oneOf(String key, List<String> allowed) {
    String text = string(key);
    if (text == null || allowed.contains(text)) {
      return text;
    }
    issues.add(
        "invalid_enum_value",
        "Invalid enum value. Expected '" + String.join("' | '", allowed) + "'",
        at(key));
    return null;
  }

  /** Whether the key is there and null. */
  public boolean isNull(String key) {
    return has(key) && members.get(key) == null;
  }

  public boolean has(String key) {
    watcher.accept(at(key));
    return members.containsKey(key);
  }

  /** The keys of a map, in the order given. */
  public List<String> keys() {
    return List.copyOf(members.keySet());
  }

  /** Notes that a key is missing. */
  public void missing(String key) {
    issues.missing(at(key));
  }

  /** An array of texts; empty when absent. */
  public List<String> strings(String key) {
    if (!has(key)) {
      return List.of();
    }
    if (!(members.get(key) instanceof List<?> items)) {
      wrongType("array", key);
      return List.of();
    }
    var texts = new ArrayList<String>(items.size());
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof String text) {
        texts.add(wellFormed(text));
      } else {
        issues.wrongType("string", typeOf(items.get(i)), at(key, i));
      }
    }
    return texts;
  }

  /** An object within this one that may be absent: then null. */
  public @Nullable Body object(String key) {
    return has(key) ? of(members.get(key), at(key), issues, watcher) : null;
  }

  /** Notes that something is lacking which is not just one key. */
  public void require(String key, String message) {
    issues.add("custom", message, at(key));
  }

  /**
   * Half of a surrogate pair, as programs make them that cut text within an emoji, becomes U+FFFD:
   * it has no place in UTF-8, and refusing a whole message for it helps nobody.
   */
  private static String wellFormed(String text) {
    return UTF_8.newEncoder().canEncode(text)
        ? text
        : text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private void wrongType(String expected, String key) {
    issues.wrongType(expected, typeOf(members.get(key)), at(key));
  }

  private List<Object> at(Object... parts) {
    var place = new ArrayList<>(path);
    place.addAll(List.of(parts));
    return place;
  }

  private static String typeOf(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String _ -> "string";
      case Number _ -> "number";
      case Boolean _ -> "boolean";
      case List<?> _ -> "array";
      default -> "object";
    };
  }
}
