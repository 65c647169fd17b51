package dev.belfry.http.assets;

import dev.belfry.http.read.InvalidRequest;
import dev.belfry.model.HubException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes base64 within a JSON string as it comes: both alphabets (RFC 4648, sections 4 and 5),
 * with or without padding and line breaks, and with or without {@code data:TYPE;base64,} before it.
 */
final class Base64Stream {
  /** Characters (contract, AssetUploadBase64Params). */
  static final long MOST = 750_000_000;

  private static final String PREFIX = "data:";
  private static final int LONGEST_PREFIX = 512;
  private static final byte NONE = -1;
  private static final byte[] VALUES = values();

  private final OutputStream target;
  private final byte[] out = new byte[48 << 10];
  private int filled;
  private final StringBuilder prefix = new StringBuilder();
  private boolean mayBePrefix = true;
  private @Nullable String declaredType;
  private long count;
  private int bits;
  private int pending;
  private int padding;
  private boolean ended;
  private boolean escaped;
  private int unicode = -1;
  private int unicodeLeft;

  Base64Stream(OutputStream target) {
    this.target = target;
  }

  private static byte[] values() {
    var values = new byte[256];
    Arrays.fill(values, NONE);
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    values['-'] = 62;
    values['_'] = 63;
    return values;
  }

  /** The string begins. */
  void begin() {
    if (count > 0) {
      throw new InvalidRequest("Given twice", "body", "content");
    }
    ended = false;
  }

  /** Whether the string's end has come. */
  boolean isEnded() {
    return ended;
  }

  /** The type that a {@code data:} URL named; null for none. */
  @Nullable String declaredType() {
    return declaredType;
  }

  /**
   * Takes what belongs to the string.
   *
   * @return where the rest begins
   */
  int take(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && !ended) {
      byte b = buffer[at++];
      if (escaped) {
        unescape(b);
      } else if (b == '"') {
        ended = true;
      } else if (b == '\\') {
        escaped = true;
      } else {
        character(b & 0xff);
      }
    }
    return at;
  }

  private void unescape(byte b) {
    if (unicodeLeft > 0) {
      int digit = Character.digit(b, 16);
      if (digit < 0) {
        throw invalid();
      }
      unicode = unicode << 4 | digit;
      if (--unicodeLeft == 0) {
        escaped = false;
        character(unicode);
      }
      return;
    }
    if (b == 'u') {
      unicode = 0;
      unicodeLeft = 4;
      return;
    }
    escaped = false;
    character(
        switch (b) {
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case '/' -> '/';
          default -> throw invalid();
        });
  }

  private void character(int c) {
    if (++count > MOST) {
      throw new HubException(
          HubException.Reason.TOO_LARGE, "At most %d characters of content".formatted(MOST));
    }
    if (mayBePrefix) {
      prefix(c);
    } else {
      decode(c);
    }
  }

  private void prefix(int c) {
    prefix.append((char) c);
    int common = Math.min(prefix.length(), PREFIX.length());
    boolean fits =
        prefix.substring(0, common).toLowerCase(Locale.ROOT).equals(PREFIX.substring(0, common));
    if (!fits) {
      mayBePrefix = false;
      prefix.chars().forEach(this::decode);
    } else if (c == ',') {
      mayBePrefix = false;
      var parts = prefix.substring(PREFIX.length(), prefix.length() - 1);
      if (!parts.toLowerCase(Locale.ROOT).endsWith(";base64")) {
        throw new InvalidRequest(
            "A data: URL must be of base64: data:TYPE;base64,...", "body", "content");
      }
      var type = parts.substring(0, parts.length() - ";base64".length());
      declaredType = type.isBlank() ? null : type;
    } else if (prefix.length() > LONGEST_PREFIX) {
      throw invalid();
    }
  }

  private void decode(int c) {
    byte value = c < 256 ? VALUES[c] : NONE;
    if (value != NONE && padding == 0) {
      bits = bits << 6 | value;
      if (++pending == 4) {
        put(3, bits);
        pending = 0;
        bits = 0;
      }
    } else if (c == '=' && pending >= 2 && pending + ++padding <= 4) {
      // fills the last group of four up
    } else if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
      throw invalid();
    }
  }

  private void put(int bytes, int value) {
    if (filled + 3 > out.length) {
      flush();
    }
    for (int i = 0; i < bytes; i++) {
      out[filled++] = (byte) (value >> (16 - 8 * i));
    }
  }

  private void flush() {
    try {
      target.write(out, 0, filled);
      filled = 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All has come; gives what is wrong with it. */
  Optional<String> finish() {
    if (mayBePrefix && !PREFIX.startsWith(prefix.toString())) {
      return Optional.of(FAULT);
    }
    if (mayBePrefix) {
      mayBePrefix = false;
      prefix.chars().forEach(this::decode);
    }
    if (count == 0) {
      return Optional.of("Must not be empty");
    }
    if (pending == 1) {
      return Optional.of(FAULT);
    }
    if (pending > 1) {
      put(pending - 1, bits << (6 * (4 - pending)));
    }
    flush();
    return Optional.empty();
  }

  private static final String FAULT = "Not valid base64";

  private static InvalidRequest invalid() {
    return new InvalidRequest(FAULT, "body", "content");
  }
}
