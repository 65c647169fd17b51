package dev.belfry.api.adapter;

import io.avaje.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Nulls that are really written; the writer leaves out the others, with their names. */
final class Nulls {
  private Nulls() {}

  static void write(JsonWriter writer) {
    boolean before = writer.serializeNulls();
    writer.serializeNulls(true);
    writer.nullValue();
    writer.serializeNulls(before);
  }

  static void write(JsonWriter writer, String name, @Nullable String value) {
    writer.name(name);
    if (value == null) write(writer);
    else StringAdapter.write(writer, value);
  }
}
