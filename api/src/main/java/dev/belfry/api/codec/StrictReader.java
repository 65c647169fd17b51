package dev.belfry.api.codec;

import dev.belfry.api.codec.CodecException.Problem;
import io.avaje.json.JsonReader;
import io.avaje.json.PropertyNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON exactly as RFC 8259 defines it and knows at any moment where it is. The parser of the
 * library is made for speed: it takes missing commas, keys by their hash and numbers it cannot
 * hold. One long file, as the library asks for many methods and all of them share the place in the
 * text.
 *
 * <p>A lone surrogate written as an escape is read as it is, because JavaScript cuts texts in the
 * middle of an emoji and sends the half; {@code Codec} writes it back the same way.
 */
final class StrictReader implements JsonReader {
  private static final int MAX_NUMBER_LENGTH = 400;

  private final String text;
  private final List<Frame> frames = new ArrayList<>();
  private int at;

  private static final class Frame {
    final @Nullable Set<String> names;
    @Nullable String name;
    int index = -1;
    boolean started;

    Frame(boolean object) {
      names = object ? new HashSet<>() : null;
    }
  }

  StrictReader(String text) {
    this.text = text;
  }

  // -- positions and faults

  List<Object> path() {
    List<Object> path = new ArrayList<>();
    for (Frame frame : frames) {
      if (frame.name != null) path.add(frame.name);
      else if (frame.index >= 0) path.add(frame.index);
    }
    return path;
  }

  CodecException fault(
      Problem problem, String message, @Nullable String expected, @Nullable String received) {
    return new CodecException(problem, message, path(), expected, received);
  }

  private CodecException syntax(String message) {
    return fault(Problem.SYNTAX, message + " (character " + at + ")", null, null);
  }

  private CodecException wrong(String expected) {
    String received = kind();
    return fault(
        Problem.TYPE, "Expected " + expected + ", received " + received, expected, received);
  }

  private String kind() {
    int c = peek();
    if (c == '"') return "string";
    if (c == '{') return "object";
    if (c == '[') return "array";
    if (c == 't' || c == 'f') return "boolean";
    if (c == 'n') return "null";
    if (c == '-' || isDigit(c)) return "number";
    throw c < 0 ? syntax("Unexpected end of JSON") : syntax("Unexpected character");
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The next character that is not white space, not consumed; -1 at the end. */
  private int peek() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return c;
      at++;
    }
    return -1;
  }

  private void expect(char wanted, String message) {
    int c = peek();
    if (c < 0) throw syntax("Unexpected end of JSON");
    if (c != wanted) throw syntax(message);
    at++;
  }

  /** Refuses anything but white space after the value. */
  void end() {
    if (peek() >= 0) throw syntax("Text after the end of JSON");
  }

  // -- arrays and objects

  private Frame top() {
    return frames.get(frames.size() - 1);
  }

  private void enter(char open, String expected) {
    if (peek() != open) throw wrong(expected);
    if (frames.size() >= Codec.MAX_DEPTH) {
      throw fault(Problem.DEPTH, "Nested too deeply", null, null);
    }
    at++;
    frames.add(new Frame(open == '{'));
  }

  /** Whether another member follows; consumes the comma before it, not the end. */
  private boolean hasNext(char close) {
    Frame frame = top();
    if (peek() == close) return false;
    if (frame.started) {
      expect(',', "Expected , or " + close);
      if (peek() == close) throw syntax("A comma before " + close);
    }
    frame.started = true;
    return true;
  }

  private void leave(char close) {
    expect(close, "Expected " + close);
    frames.remove(frames.size() - 1);
  }

  @Override
  public void beginArray() {
    enter('[', "array");
  }

  @Override
  public boolean hasNextElement() {
    if (!hasNext(']')) return false;
    top().index++;
    return true;
  }

  @Override
  public void endArray() {
    leave(']');
  }

  @Override
  public void beginObject(PropertyNames names) {
    beginObject();
  }

  @Override
  public void beginObject() {
    enter('{', "object");
  }

  @Override
  public boolean hasNextField() {
    return hasNext('}');
  }

  @Override
  public String nextField() {
    Frame frame = top();
    if (peek() != '"') throw syntax("Expected a key");
    String name = string();
    frame.name = name;
    Set<String> names = frame.names;
    if (names == null || !names.add(name)) throw syntax("The same key twice");
    expect(':', "Expected : after a key");
    return name;
  }

  @Override
  public void endObject() {
    leave('}');
  }

  // -- values

  @Override
  public boolean isNullValue() {
    if (peek() != 'n') return false;
    word("null");
    return true;
  }

  private void word(String word) {
    if (!text.startsWith(word, at)) throw syntax("Unexpected character");
    at += word.length();
  }

  @Override
  public boolean readBoolean() {
    int c = peek();
    if (c == 't') {
      word("true");
      return true;
    }
    if (c != 'f') throw wrong("boolean");
    word("false");
    return false;
  }

  @Override
  public String readString() {
    if (peek() != '"') throw wrong("string");
    return string();
  }

  private String string() {
    int start = ++at;
    StringBuilder changed = null; // made at the first escape only
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return changed == null ? text.substring(start, at - 1) : changed.toString();
      }
      if (c < ' ') throw syntax("A control character in a string");
      if (c == '\\') {
        if (changed == null) changed = new StringBuilder().append(text, start, at - 1);
        changed.append(escape());
      } else if (changed != null) {
        changed.append(c);
      }
    }
    throw syntax("Unexpected end of JSON");
  }

  private char escape() {
    if (at >= text.length()) throw syntax("Unexpected end of JSON");
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw syntax("An unknown escape");
    };
  }

  private char unicode() {
    if (at + 4 > text.length()) throw syntax("Unexpected end of JSON");
    int value = 0;
    for (int end = at + 4; at < end; at++) {
      char c = text.charAt(at);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) throw syntax("An unknown escape");
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private String number(String expected) {
    int c = peek();
    if (c != '-' && !isDigit(c)) throw wrong(expected);
    int start = at;
    if (c == '-') at++;
    if (at < text.length() && text.charAt(at) == '0') at++;
    else digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) at++;
      digits();
    }
    if (at - start > MAX_NUMBER_LENGTH) throw outOfRange(expected);
    return text.substring(start, at);
  }

  private void digits() {
    int start = at;
    while (at < text.length() && isDigit(text.charAt(at))) at++;
    if (at == start) throw syntax("Expected a digit");
  }

  private CodecException outOfRange(String expected) {
    return fault(Problem.VALUE, "A number out of range", expected, "number");
  }

  @Override
  public long readLong() {
    try {
      return new BigDecimal(number("integer")).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw outOfRange("integer");
    }
  }

  @Override
  public int readInt() {
    long value = readLong();
    if (value != (int) value) throw outOfRange("integer");
    return (int) value;
  }

  @Override
  public double readDouble() {
    double value = Double.parseDouble(number("number"));
    if (Double.isInfinite(value)) throw outOfRange("number");
    return value;
  }

  @Override
  public BigDecimal readDecimal() {
    try {
      return new BigDecimal(number("number"));
    } catch (NumberFormatException e) {
      throw outOfRange("number");
    }
  }

  @Override
  public BigInteger readBigInteger() {
    return BigInteger.valueOf(readLong());
  }

  @Override
  public byte[] readBinary() {
    return Base64.getDecoder().decode(readString());
  }

  @Override
  public Token currentToken() {
    return switch (kind()) {
      case "string" -> Token.STRING;
      case "object" -> Token.BEGIN_OBJECT;
      case "array" -> Token.BEGIN_ARRAY;
      case "boolean" -> Token.BOOLEAN;
      case "null" -> Token.NULL;
      default -> Token.NUMBER;
    };
  }

  @Override
  public void skipValue() {
    switch (currentToken()) {
      case BEGIN_OBJECT -> {
        beginObject();
        while (hasNextField()) {
          nextField();
          skipValue();
        }
        endObject();
      }
      case BEGIN_ARRAY -> {
        beginArray();
        while (hasNextElement()) skipValue();
        endArray();
      }
      case STRING -> string();
      case NUMBER -> readDouble();
      case BOOLEAN -> readBoolean();
      case NULL -> isNullValue();
    }
  }

  @Override
  public String readRaw() {
    peek();
    int start = at;
    skipValue();
    return text.substring(start, at);
  }

  @Override
  public String location() {
    return path().toString();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.cast(this);
  }

  @Override
  public void unmappedField(String fieldName) {
    // unknown keys are ignored (contract: README, Values)
  }

  @Override
  public void close() {
    // holds nothing
  }
}
