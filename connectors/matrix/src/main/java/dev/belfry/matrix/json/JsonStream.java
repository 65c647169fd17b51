package dev.belfry.matrix.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a large JSON text piece by piece. It never holds more than the piece that is asked for, and
 * no depth of nesting overflows the stack: what nests deeper than any event does is read as
 * nothing.
 */
public final class JsonStream implements AutoCloseable {
  private static final int DEEPEST = 100;

  /**
   * No bounds: a bound that one user's event could break would end the reading of everybody's.
   * Names are shared, not interned.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  /** What is done with a part; it may take the part by one of the stream's methods, or leave it. */
  public interface Visitor {
    void visit(String name) throws IOException, InterruptedException;
  }

  /** What is done with a whole item. */
  public interface Taker {
    void take(Json item) throws IOException, InterruptedException;
  }

  private final JsonParser parser;
  private boolean taken;

  private JsonStream(JsonParser parser) {
    this.parser = parser;
  }

  /** At the beginning of a text. */
  public static JsonStream of(String text) throws IOException {
    JsonParser parser = FACTORY.createParser(new StringReader(text));
    parser.nextToken();
    return new JsonStream(parser);
  }

  /** Visits the fields of the object that comes next; anything else is passed over. */
  public void object(Visitor visitor) throws IOException, InterruptedException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      skip();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = whole(parser.currentName());
      parser.nextToken();
      taken = false;
      visitor.visit(name);
      if (!taken) {
        skip();
      }
    }
    taken = true;
  }

  /** Takes the items of the list that comes next, one by one; anything else is passed over. */
  public void list(Taker taker) throws IOException, InterruptedException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      skip();
      return;
    }
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null || token == JsonToken.END_ARRAY) {
        break;
      }
      taker.take(value());
    }
    taken = true;
  }

  /** Takes the value that comes next, whole. */
  public Json value() throws IOException {
    Object value = tree(0);
    taken = true;
    return Json.of(value);
  }

  private void skip() throws IOException {
    parser.skipChildren();
    taken = true;
  }

  private @Nullable Object tree(int depth) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return null;
    }
    return switch (token) {
      case START_OBJECT -> depth < DEEPEST ? map(depth) : passedOver();
      case START_ARRAY -> depth < DEEPEST ? items(depth) : passedOver();
      case VALUE_STRING -> whole(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          null;
    };
  }

  private @Nullable Object passedOver() throws IOException {
    parser.skipChildren();
    return null;
  }

  private Map<String, @Nullable Object> map(int depth) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = whole(parser.currentName());
      parser.nextToken();
      map.put(name, tree(depth + 1));
    }
    return map;
  }

  private List<@Nullable Object> items(int depth) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null || token == JsonToken.END_ARRAY) {
        return items;
      }
      items.add(tree(depth + 1));
    }
  }

  /** Half a surrogate pair is no character and could not be written anywhere: it is replaced. */
  private static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return text.codePoints()
              .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
        }
        i++;
      }
    }
    return text;
  }

  /** A Long where it fits, else a Double, else nothing. */
  private static @Nullable Object number(String text) {
    if (text.length() <= 18 && text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      return Long.valueOf(text);
    }
    if (text.length() > 400) {
      return null;
    }
    double number = Double.parseDouble(text);
    return Double.isFinite(number) ? number : null;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
