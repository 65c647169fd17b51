package dev.belfry.api.adapter;

import dev.belfry.api.Page;
import dev.belfry.api.check.Check;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.AdapterFactory;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages, whose cursors are written even if there are none. */
@CustomAdapter
public final class PageAdapter<T> implements JsonAdapter<Page<T>> {
  /** How the codec finds it. */
  public static final AdapterFactory FACTORY =
      (type, jsonb) ->
          Types.isGenericTypeOf(type, Page.class)
              ? new PageAdapter<>(jsonb, Types.typeArguments(type))
              : null;

  private final JsonAdapter<List<T>> items;

  /** Made by the codec. */
  public PageAdapter(Jsonb jsonb, Type[] types) {
    items = jsonb.adapter(Types.listOf(types[0]));
  }

  @Override
  public void toJson(JsonWriter writer, Page<T> page) {
    writer.beginObject();
    writer.name("items");
    items.toJson(writer, page.items());
    PageEnd.of(page).write(writer);
    writer.endObject();
  }

  @Override
  public Page<T> fromJson(JsonReader reader) {
    @Nullable List<T> read = null;
    PageEnd end = new PageEnd();
    reader.beginObject();
    while (reader.hasNextField()) {
      String name = reader.nextField();
      if (name.equals("items")) read = items.fromJson(reader);
      else end.read(name, reader);
    }
    reader.endObject();
    return new Page<>(
        Check.required(read, "items"), end.hasMore, end.oldestCursor, end.newestCursor);
  }
}
