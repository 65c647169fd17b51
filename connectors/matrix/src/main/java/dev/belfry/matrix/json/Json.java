package dev.belfry.matrix.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as somebody else wrote it. Looking for what is not there, or is of another kind,
 * finds nothing and never throws: a homeserver passes on whatever any of its users made up.
 */
public final class Json {
  /** No value, or null. */
  public static final Json NOTHING = new Json(null);

  /** {@code Map<String, ?>}, {@code List<?>}, String, Long, Double, Boolean or null. */
  private final @Nullable Object value;

  private Json(@Nullable Object value) {
    this.value = value;
  }

  /** A value made of maps with text keys, lists, strings, numbers, booleans and null. */
  public static Json of(@Nullable Object value) {
    if (value instanceof Json json) {
      return json;
    }
    return value == null ? NOTHING : new Json(value);
  }

  /** Reads a text; nothing when it is no JSON. */
  public static Json parse(@Nullable String text) {
    if (text == null) {
      return NOTHING;
    }
    try (JsonStream stream = JsonStream.of(text)) {
      return stream.value();
    } catch (IOException e) {
      return NOTHING;
    }
  }

  public Json at(String name) {
    return value instanceof Map<?, ?> map ? of(map.get(name)) : NOTHING;
  }

  public Json at(String name, String... deeper) {
    Json found = at(name);
    for (String next : deeper) {
      found = found.at(next);
    }
    return found;
  }

  /** A copy of an object with one field more, or another value of it. */
  public Json with(String name, Json field) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, old) -> copy.put(String.valueOf(key), old));
    }
    copy.put(name, field.value);
    return of(copy);
  }

  public boolean has(String name) {
    return value instanceof Map<?, ?> map && map.containsKey(name);
  }

  public boolean isObject() {
    return value instanceof Map<?, ?>;
  }

  public boolean isList() {
    return value instanceof List<?>;
  }

  public boolean isNothing() {
    return value == null;
  }

  /** The names of an object's fields; none for anything else. */
  public Set<String> names() {
    if (!(value instanceof Map<?, ?> map)) {
      return Set.of();
    }
    // Only JsonStream and our own code make these maps, always with text keys.
    @SuppressWarnings("unchecked")
    Map<String, ?> named = (Map<String, ?>) map;
    return Collections.unmodifiableSet(named.keySet());
  }

  /** The items of a list; none for anything else. */
  public List<Json> items() {
    if (!(value instanceof List<?> list)) {
      return List.of();
    }
    List<Json> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(of(item));
    }
    return items;
  }

  /** The strings among the items of a list. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Json item : items()) {
      if (item.value instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  public @Nullable String text() {
    return value instanceof String text ? text : null;
  }

  public @Nullable String text(String name) {
    return at(name).text();
  }

  /** A string that is more than white space, else null. */
  public @Nullable String words(String name) {
    String text = text(name);
    return text == null || text.isBlank() ? null : text;
  }

  /** A whole number, also when written as text, as old rooms write power levels. */
  public @Nullable Long number() {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Double number) {
      return Math.abs(number) < 1e18 ? number.longValue() : null;
    }
    if (value instanceof String text && text.length() < 19 && text.strip().matches("[+-]?\\d+")) {
      return Long.valueOf(text.strip());
    }
    return null;
  }

  public @Nullable Long number(String name) {
    return at(name).number();
  }

  public long number(String name, long otherwise) {
    Long number = number(name);
    return number == null ? otherwise : number;
  }

  /** A number that is no less than nought and fits, else null: sizes and the like. */
  public @Nullable Integer size(String name) {
    Long number = number(name);
    return number == null || number < 0 || number > Integer.MAX_VALUE ? null : number.intValue();
  }

  public boolean isTrue(String name) {
    return Boolean.TRUE.equals(at(name).value);
  }

  /** JSON text. */
  @Override
  public String toString() {
    StringWriter out = new StringWriter();
    try (JsonGenerator to = JsonStream.FACTORY.createGenerator(out)) {
      write(to, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator to, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> to.writeNull();
      case Json json -> write(to, json.value);
      case String text -> to.writeString(text);
      case Boolean flag -> to.writeBoolean(flag);
      case Integer number -> to.writeNumber(number);
      case Long number -> to.writeNumber(number);
      case Double number -> to.writeNumber(number);
      case Iterable<?> list -> {
        to.writeStartArray();
        for (Object item : list) {
          write(to, item);
        }
        to.writeEndArray();
      }
      case Map<?, ?> map -> {
        to.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          to.writeFieldName(String.valueOf(entry.getKey()));
          write(to, entry.getValue());
        }
        to.writeEndObject();
      }
      default -> throw new IllegalArgumentException("not JSON: " + value.getClass().getName());
    }
  }
}
