package dev.belfry.api.adapter;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;

/** Numbers without a fraction are written without one: {@code 800}, not {@code 800.0}. */
@CustomAdapter
public final class DoubleAdapter implements JsonAdapter<Double> {
  private static final double EXACT = 1L << 53;

  /** Made by the codec. */
  public DoubleAdapter(Jsonb jsonb) {}

  @Override
  public void toJson(JsonWriter writer, Double value) {
    double number = value;
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("JSON has no such number: " + number);
    }
    if (number == Math.rint(number) && Math.abs(number) < EXACT) writer.value((long) number);
    else writer.value(number);
  }

  @Override
  public Double fromJson(JsonReader reader) {
    return reader.readDouble();
  }
}
