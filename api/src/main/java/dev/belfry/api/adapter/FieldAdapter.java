package dev.belfry.api.adapter;

import dev.belfry.api.Field;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.AdapterFactory;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.lang.reflect.Type;

/**
 * Absent, null or a value. A key that is not there never comes here: the constructor of the record
 * makes it absent.
 */
@CustomAdapter
public final class FieldAdapter<T> implements JsonAdapter<Field<T>> {
  /** How the codec finds it. */
  public static final AdapterFactory FACTORY =
      (type, jsonb) ->
          Types.isGenericTypeOf(type, Field.class)
              ? new FieldAdapter<>(jsonb, Types.typeArguments(type))
              : null;

  private final JsonAdapter<T> content;

  /** Made by the codec. */
  public FieldAdapter(Jsonb jsonb, Type[] types) {
    content = jsonb.adapter(types[0]);
  }

  @Override
  public void toJson(JsonWriter writer, Field<T> field) {
    T value = field.orNull();
    if (value != null) content.toJson(writer, value);
    else if (field.isNothing()) Nulls.write(writer);
    else writer.nullValue(); // forgets the name
  }

  @Override
  public Field<T> fromJson(JsonReader reader) {
    return reader.isNullValue() ? Field.nothing() : Field.of(content.fromJson(reader));
  }
}
