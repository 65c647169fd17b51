package dev.belfry.homeserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.api.codec.Codec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of JSON to look around in. A key that is not there gives a {@link #missing()} piece, so
 * that a path can be followed without asking at each step.
 *
 * @param value a map, list, text, number, boolean, or null where there is nothing
 */
public record Json(@Nullable Object value) {
  /** The piece that is not there. */
  public static final Json NOTHING = new Json(null);

  /** Reads a text; fails on anything that is not JSON. */
  public static Json parse(String text) {
    return text.isBlank() ? NOTHING : new Json(Codec.tree(text.getBytes(UTF_8)));
  }

  /** Follows keys downwards. */
  public Json at(String... path) {
    Object here = value;
    for (String key : path) {
      here = here instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return new Json(here);
  }

  /** The item at a place of a list, counted from 0. */
  public Json at(int index) {
    return value instanceof List<?> list && index < list.size()
        ? new Json(list.get(index))
        : NOTHING;
  }

  /** The items of a list; none where there is no list. */
  public List<Json> list() {
    return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
  }

  /** The entries of an object in their order; none where there is no object. */
  public Map<String, Json> entries() {
    var entries = new LinkedHashMap<String, Json>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> entries.put(String.valueOf(key), new Json(item)));
    }
    return entries;
  }

  /** The text here; fails where there is none. */
  public String text() {
    return maybeText().orElseThrow(() -> new NoSuchElementException("no text but " + this));
  }

  /** The text here, if there is one. */
  public Optional<String> maybeText() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The whole number here; fails where there is none. */
  public long number() {
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new NoSuchElementException("no number but " + this);
  }

  /** Whether {@code true} stands here. */
  public boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  /** Whether nothing stands here (or null). */
  public boolean missing() {
    return value == null;
  }

  /** This piece as JSON text. */
  @Override
  public String toString() {
    return Codec.toText(value);
  }
}
