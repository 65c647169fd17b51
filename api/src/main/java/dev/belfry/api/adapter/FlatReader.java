package dev.belfry.api.adapter;

import io.avaje.json.JsonReader;
import io.avaje.json.PropertyNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Consumer;

/** Reads an object and hands some of its keys to others. Everything else is handed through. */
final class FlatReader implements JsonReader {
  private final JsonReader in;
  private final Map<String, Consumer<JsonReader>> others;
  private int depth;
  private String name = "";

  FlatReader(JsonReader in, Map<String, Consumer<JsonReader>> others) {
    this.in = in;
    this.others = others;
  }

  @Override
  public boolean hasNextField() {
    while (in.hasNextField()) {
      name = in.nextField();
      Consumer<JsonReader> other = depth == 1 ? others.get(name) : null;
      if (other == null) return true;
      other.accept(in);
    }
    return false;
  }

  @Override
  public String nextField() {
    return name;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return in.unwrap(type);
  }

  @Override
  public void beginArray() {
    in.beginArray();
  }

  @Override
  public void endArray() {
    in.endArray();
  }

  @Override
  public boolean hasNextElement() {
    return in.hasNextElement();
  }

  @Override
  public void beginObject(PropertyNames names) {
    depth++;
    in.beginObject(names);
  }

  @Override
  public void beginObject() {
    depth++;
    in.beginObject();
  }

  @Override
  public void endObject() {
    depth--;
    in.endObject();
  }

  @Override
  public boolean isNullValue() {
    return in.isNullValue();
  }

  @Override
  public boolean readBoolean() {
    return in.readBoolean();
  }

  @Override
  public int readInt() {
    return in.readInt();
  }

  @Override
  public long readLong() {
    return in.readLong();
  }

  @Override
  public double readDouble() {
    return in.readDouble();
  }

  @Override
  public BigDecimal readDecimal() {
    return in.readDecimal();
  }

  @Override
  public BigInteger readBigInteger() {
    return in.readBigInteger();
  }

  @Override
  public String readString() {
    return in.readString();
  }

  @Override
  public byte[] readBinary() {
    return in.readBinary();
  }

  @Override
  public String readRaw() {
    return in.readRaw();
  }

  @Override
  public String location() {
    return in.location();
  }

  @Override
  public Token currentToken() {
    return in.currentToken();
  }

  @Override
  public void close() {
    in.close();
  }

  @Override
  public void skipValue() {
    in.skipValue();
  }

  @Override
  public void unmappedField(String fieldName) {
    in.unmappedField(fieldName);
  }
}
