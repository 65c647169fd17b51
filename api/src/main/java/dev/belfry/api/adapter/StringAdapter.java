package dev.belfry.api.adapter;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.Jsonb;

/**
 * Texts, also those with a lone surrogate, on which the writer of the library fails: one bad name
 * must not spoil a whole list.
 */
public final class StringAdapter implements JsonAdapter<String> {
  /** Made by the codec, for what it could not write without. */
  public StringAdapter(Jsonb jsonb) {}

  @Override
  public void toJson(JsonWriter writer, String value) {
    write(writer, value);
  }

  @Override
  public String fromJson(JsonReader reader) {
    return reader.readString();
  }

  static void write(JsonWriter writer, String value) {
    if (hasLoneSurrogate(value)) writer.rawValue(escaped(value));
    else writer.value(value);
  }

  private static boolean hasLoneSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        // code points give a surrogate only where it has no partner
        return value.codePoints().anyMatch(StringAdapter::isSurrogate);
      }
    }
    return false;
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private static String escaped(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < 127 && c != '"' && c != '\\') json.append(c);
      else json.append(String.format("\\u%04x", (int) c));
    }
    return json.append('"').toString();
  }
}
