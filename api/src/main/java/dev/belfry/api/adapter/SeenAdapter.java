package dev.belfry.api.adapter;

import dev.belfry.api.Seen;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;
import java.util.LinkedHashMap;
import java.util.Map;

/** A boolean, a string, or a map of these. */
@CustomAdapter
public final class SeenAdapter implements JsonAdapter<Seen> {
  /** Made by the codec. */
  public SeenAdapter(Jsonb jsonb) {}

  @Override
  public void toJson(JsonWriter writer, Seen value) {
    if (value instanceof Seen.Flag flag) {
      writer.value(flag.value());
    } else if (value instanceof Seen.At at) {
      StringAdapter.write(writer, at.text());
    } else if (value instanceof Seen.ByParticipant by) {
      writer.beginObject();
      by.participants()
          .forEach((id, seen) -> {
            writer.name(id);
            toJson(writer, seen);
          });
      writer.endObject();
    }
  }

  @Override
  public Seen fromJson(JsonReader reader) {
    if (reader.currentToken() != JsonReader.Token.BEGIN_OBJECT) return single(reader);
    Map<String, Seen> participants = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNextField()) participants.put(reader.nextField(), single(reader));
    reader.endObject();
    return new Seen.ByParticipant(participants);
  }

  private static Seen single(JsonReader reader) {
    return reader.currentToken() == JsonReader.Token.BOOLEAN
        ? new Seen.Flag(reader.readBoolean())
        : new Seen.At(reader.readString());
  }
}
