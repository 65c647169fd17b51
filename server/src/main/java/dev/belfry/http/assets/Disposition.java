package dev.belfry.http.assets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.http.read.Percent;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code Content-Disposition}, read and written (RFC 6266, RFC 7578, RFC 8187). */
public final class Disposition {
  private static final String ATTRIBUTE_CHARS = "!#$&+-.^_`|~";

  private Disposition() {}

  /** The parameters by lower-case name; null for a value that is malformed. */
  static @Nullable Map<String, String> parameters(String value) {
    var result = new HashMap<String, String>();
    int at = value.indexOf(';');
    while (at >= 0 && at < value.length()) {
      int equals = value.indexOf('=', at);
      if (equals < 0) {
        return value.substring(at + 1).isBlank() ? result : null;
      }
      var name = value.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
      var text = new StringBuilder();
      int end = equals + 1;
      while (end < value.length() && value.charAt(end) == ' ') {
        end++;
      }
      if (end < value.length() && value.charAt(end) == '"') {
        end = quoted(value, end + 1, text);
        if (end < 0) {
          return null;
        }
      }
      int next = value.indexOf(';', end);
      next = next < 0 ? value.length() : next;
      text.append(value.substring(end, next).strip());
      result.putIfAbsent(name, text.toString());
      at = next;
    }
    return result;
  }

  /**
   * Browsers write a quotation mark within as %22, other clients put a backslash before it; a
   * backslash before anything else is part of a Windows path.
   */
  private static int quoted(String value, int from, StringBuilder text) {
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      boolean escapes = c == '\\' && i + 1 < value.length() && value.charAt(i + 1) == '"';
      text.append(escapes ? value.charAt(++i) : c);
    }
    return -1;
  }

  /** The name of a file; the form that bears its character set goes first. */
  static @Nullable String fileName(Map<String, String> parameters) {
    var extended = parameters.get("filename*");
    if (extended != null && extended.regionMatches(true, 0, "UTF-8'", 0, 6)) {
      var decoded = Percent.decode(extended.substring(extended.lastIndexOf('\'') + 1), false);
      if (decoded != null) {
        return decoded;
      }
    }
    var plain = parameters.get("filename");
    return plain == null ? null : plain.replace("%22", "\"");
  }

  /**
   * The value that has a browser show a file, or save it.
   *
   * @param fileName null for none
   */
  public static String of(boolean inline, @Nullable String fileName) {
    var kind = inline ? "inline" : "attachment";
    if (fileName == null) {
      return kind;
    }
    var plain = new StringBuilder();
    fileName
        .codePoints()
        .map(c -> c < ' ' || c > '~' || c == '"' || c == '\\' || c == '%' ? '_' : c)
        .forEach(plain::appendCodePoint);
    var extended = new StringBuilder();
    for (byte b : fileName.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      boolean isPlain =
          c < 0x80 && (Character.isLetterOrDigit(c) || ATTRIBUTE_CHARS.indexOf(c) >= 0);
      extended.append(isPlain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return plain.toString().equals(fileName)
        ? "%s; filename=\"%s\"".formatted(kind, plain)
        : "%s; filename=\"%s\"; filename*=UTF-8''%s".formatted(kind, plain, extended);
  }
}
