package dev.belfry.api.codec;

import dev.belfry.api.Page;
import dev.belfry.api.adapter.StringAdapter;
import dev.belfry.api.check.MissingException;
import dev.belfry.api.codec.CodecException.Problem;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of the API into JSON and back.
 *
 * <p>Reading is strict about JSON (RFC 8259: nothing after the end, no key twice, valid UTF-8, no
 * number out of range, at most {@link #MAX_DEPTH} levels) and lenient about the objects: unknown
 * keys are ignored, null counts as absent where it means nothing, unknown values of enumerations
 * are kept. Every fault is a {@link CodecException}.
 *
 * <p>Writing leaves out what is absent, writes times as {@link Timestamp} does, and never fails on
 * a text: a lone surrogate is written as an escape.
 */
public final class Codec {
  /** How deep arrays and objects may be nested. */
  public static final int MAX_DEPTH = 64;

  private static final Jsonb JSONB = builder().build();

  /** Writes also what {@link #JSONB} fails on, and looks at each character for that. */
  private static final Jsonb CAREFUL = careful(builder()).build();

  /** Made here, as the library fails where two threads build at once. */
  private static final Jsonb OTHERS = careful(Jsonb.builder()).build();

  private Codec() {}

  /** For types of other modules: the library, set up to write any text. */
  public static Jsonb jsonb() {
    return OTHERS;
  }

  private static Jsonb.Builder careful(Jsonb.Builder builder) {
    return builder.add(String.class, StringAdapter::new);
  }

  private static Jsonb.Builder builder() {
    // not the thread's class loader: that is another one inside servers and test runners
    return Jsonb.builder().classLoader(Codec.class.getClassLoader()).serializeEmpty(true);
  }

  /**
   * Writes a record, a {@code List} or {@code Map} of such, or a tree as {@link #tree} gives it, as
   * UTF-8. In a map, null is written as null.
   */
  public static byte[] toBytes(@Nullable Object value) {
    if (value == null) return new byte[] {'n', 'u', 'l', 'l'};
    try {
      return JSONB.type(Object.class).toJsonBytes(value);
    } catch (JsonException loneSurrogate) {
      return CAREFUL.type(Object.class).toJsonBytes(value);
    }
  }

  /** As {@link #toBytes}, but as text. */
  public static String toText(@Nullable Object value) {
    return new String(toBytes(value), StandardCharsets.UTF_8);
  }

  /**
   * Reads one object.
   *
   * @throws CodecException if it is not JSON, or not of that type
   */
  public static <T> T read(Class<T> type, byte[] json) {
    return required(json, JSONB.adapter(type));
  }

  /**
   * Reads one object; the stream is read to its end and left open.
   *
   * @throws CodecException if it is not JSON, or not of that type
   * @throws UncheckedIOException if the stream fails
   */
  public static <T> T read(Class<T> type, InputStream json) {
    try {
      return read(type, json.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a list of objects.
   *
   * @throws CodecException if it is not JSON, or not of that type
   */
  public static <T> List<T> readList(Class<T> item, byte[] json) {
    return required(json, JSONB.<List<T>>adapter(Types.listOf(item)));
  }

  /**
   * Reads a page of objects.
   *
   * @throws CodecException if it is not JSON, or not of that type
   */
  public static <T> Page<T> readPage(Class<T> item, byte[] json) {
    return required(json, JSONB.<Page<T>>adapter(Types.newParameterizedType(Page.class, item)));
  }

  /**
   * Reads any JSON: {@code Map<String, Object>} in the order given, {@code List<Object>}, {@code
   * String}, {@code Boolean}, null, and numbers as {@code Long}, as {@code BigDecimal} if whole and
   * beyond that, else as {@code Double}.
   *
   * @throws CodecException if it is not JSON
   */
  public static @Nullable Object tree(byte[] json) {
    return read(json, JSONB.adapter(Object.class));
  }

  /**
   * Reads JSON for a type of another module. Unlike the library's own reader it takes texts of any
   * length.
   */
  public static JsonReader reader(String json) {
    return new StrictReader(json);
  }

  private static <T> T required(byte[] json, JsonAdapter<T> adapter) {
    T value = read(json, adapter);
    if (value == null) {
      throw new CodecException(Problem.TYPE, "Expected a value", List.of(), "object", "null");
    }
    return value;
  }

  private static <T> @Nullable T read(byte[] json, JsonAdapter<T> adapter) {
    StrictReader reader = new StrictReader(decode(json));
    try {
      T value = adapter.fromJson(reader);
      reader.end();
      return value;
    } catch (MissingException e) {
      List<Object> path = reader.path();
      path.add(e.field());
      throw new CodecException(Problem.MISSING, "Missing value", path, "value", "undefined");
    } catch (IllegalArgumentException e) {
      throw reader.fault(Problem.VALUE, String.valueOf(e.getMessage()), null, null);
    }
  }

  private static String decode(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new CodecException(Problem.SYNTAX, "Not valid UTF-8", List.of(), null, null);
    }
  }
}
