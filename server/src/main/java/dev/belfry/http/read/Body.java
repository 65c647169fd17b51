package dev.belfry.http.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.ApiError;
import dev.belfry.api.codec.Codec;
import dev.belfry.api.codec.CodecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private Body(Map<String, @Nullable Object> members, List<Object> path, Issues issues) {
    this.members = members;
    this.path = path;
    this.issues = issues;
  }

  /**
   * No body at all says the same as {@code {}} (contract, Content negotiation); what is required is
   * then missed by key.
   */
  static Body parse(byte[] json, Issues issues) {
    try {
      return of(json.length == 0 ? Map.of() : Codec.tree(json), List.of("body"), issues);
    } catch (CodecException e) {
      var place = new ArrayList<Object>(List.of("body"));
      place.addAll(e.path());
      throw new InvalidRequest(
          List.of(new ApiError.Issue("custom", "Malformed JSON: " + e.getMessage(), place)));
    }
  }

  @SuppressWarnings("unchecked") // The codec makes no other maps.
  private static Body of(@Nullable Object value, List<Object> path, Issues issues) {
    if (value instanceof Map<?, ?> members) {
      return new Body((Map<String, @Nullable Object>) members, path, issues);
    }
    issues.wrongType("object", typeOf(value), path);
    // What its keys would have lacked goes without saying.
    return new Body(Map.of(), path, new Issues());
  }

  /** A text that may be absent: then null. */
  public @Nullable String string(String key) {
    if (!members.containsKey(key)) {
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
    if (text == null && !members.containsKey(key)) {
      issues.missing(at(key));
    } else if (text != null && text.isEmpty()) {
      issues.add("too_small", "String must contain at least 1 character(s)", at(key));
    }
    return text == null ? "" : text;
  }

  public boolean bool(String key, boolean fallback) {
    if (!members.containsKey(key)) {
      return fallback;
    }
    if (members.get(key) instanceof Boolean value) {
      return value;
    }
    wrongType("boolean", key);
    return fallback;
  }

  /** An array of texts; empty when absent. */
  public List<String> strings(String key) {
    if (!members.containsKey(key)) {
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
    return members.containsKey(key) ? of(members.get(key), at(key), issues) : null;
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
