package dev.belfry.api.adapter;

import dev.belfry.api.codec.Timestamp;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import java.time.Instant;

/** Times with exactly three digits of fraction; any offset is read. */
@CustomAdapter
public final class InstantAdapter implements JsonAdapter<Instant> {
  /** Made by the codec. */
  public InstantAdapter(Jsonb jsonb) {}

  @Override
  public void toJson(JsonWriter writer, Instant value) {
    writer.value(Timestamp.format(value));
  }

  @Override
  public Instant fromJson(JsonReader reader) {
    return Timestamp.parse(reader.readString());
  }
}
