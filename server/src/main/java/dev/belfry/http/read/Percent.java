package dev.belfry.http.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Percent-encoding, of one path segment or one part of a query at a time, so that an encoded
 * delimiter delimits nothing.
 */
public final class Percent {
  private Percent() {}

  /**
   * The text that was encoded, or null if an escape is broken or the bytes are not UTF-8.
   *
   * @param plusIsSpace true in queries
   */
  public static @Nullable String decode(String encoded, boolean plusIsSpace) {
    if (encoded.indexOf('%') < 0) {
      return plusIsSpace ? encoded.replace('+', ' ') : encoded;
    }
    var bytes = new ByteArrayOutputStream(encoded.length());
    int i = 0;
    while (i < encoded.length()) {
      char c = encoded.charAt(i);
      if (c == '%') {
        int value = i + 2 < encoded.length() ? hex(encoded, i + 1) : -1;
        if (value < 0) {
          return null;
        }
        bytes.write(value);
        i += 3;
      } else if (c < 0x80) {
        bytes.write(c == '+' && plusIsSpace ? ' ' : c);
        i++;
      } else {
        // Some clients put UTF-8 into a path as it is.
        int end = i + Character.charCount(encoded.codePointAt(i));
        bytes.writeBytes(encoded.substring(i, end).getBytes(UTF_8));
        i = end;
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int hex(String text, int at) {
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    boolean ascii = text.charAt(at) < 0x80 && text.charAt(at + 1) < 0x80;
    return high < 0 || low < 0 || !ascii ? -1 : high * 16 + low;
  }
}
