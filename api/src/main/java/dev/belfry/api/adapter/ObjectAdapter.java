package dev.belfry.api.adapter;

import dev.belfry.api.Page;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any value: writes by what it is, reads a tree. */
@CustomAdapter
public final class ObjectAdapter implements JsonAdapter<Object> {
  private final Jsonb jsonb;

  /** Made by the codec. */
  public ObjectAdapter(Jsonb jsonb) {
    this.jsonb = jsonb;
  }

  @Override
  public void toJson(JsonWriter writer, @Nullable Object value) {
    if (value == null) {
      Nulls.write(writer);
    } else if (value instanceof Map<?, ?> map) {
      writer.beginObject();
      map.forEach((name, item) -> {
        writer.name((String) name);
        toJson(writer, item);
      });
      writer.endObject();
    } else if (value instanceof Collection<?> items) {
      writer.beginArray();
      items.forEach(item -> toJson(writer, item));
      writer.endArray();
    } else if (value instanceof Page<?> page) {
      jsonb
          .<Object>adapter(Types.newParameterizedType(Page.class, Object.class))
          .toJson(writer, page);
    } else {
      jsonb.<Object>adapter((Type) value.getClass()).toJson(writer, value);
    }
  }

  @Override
  public @Nullable Object fromJson(JsonReader reader) {
    return switch (reader.currentToken()) {
      case BEGIN_OBJECT -> map(reader);
      case BEGIN_ARRAY -> list(reader);
      case STRING -> reader.readString();
      case NUMBER -> number(reader.readRaw());
      case BOOLEAN -> reader.readBoolean();
      case NULL -> {
        reader.isNullValue();
        yield null;
      }
    };
  }

  private Map<String, @Nullable Object> map(JsonReader reader) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNextField()) {
      String name = reader.nextField();
      entries.put(name, fromJson(reader));
    }
    reader.endObject();
    return Collections.unmodifiableMap(entries);
  }

  private List<@Nullable Object> list(JsonReader reader) {
    List<@Nullable Object> items = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNextElement()) items.add(fromJson(reader));
    reader.endArray();
    return Collections.unmodifiableList(items);
  }

  /** The reader has made sure that it is a number and that a double can hold it. */
  private static Number number(String token) {
    if (token.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
      return Double.valueOf(token);
    }
    try {
      return Long.valueOf(token);
    } catch (NumberFormatException tooBig) {
      return new BigDecimal(token);
    }
  }
}
