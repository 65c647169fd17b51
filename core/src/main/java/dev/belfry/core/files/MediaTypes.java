package dev.belfry.core.files;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/** What kind of file it is, by its first bytes. */
public final class MediaTypes {
  /** A file of which nothing is known. */
  public static final String UNKNOWN = "application/octet-stream";

  /** RFC 9110's token on both sides; parameters are not kept. */
  private static final Pattern TYPE =
      Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,127}/[A-Za-z0-9!#$%&'*+.^_`|~-]{1,127}");

  /** So far into a file its brand ends. */
  private static final int BRAND = 12;

  private MediaTypes() {}

  /** Loaded when first needed: it takes longer than all the rest of a start. */
  private static final class Known {
    static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
  }

  /**
   * The type of a file.
   *
   * @param name decides between types that look alike; null for none
   * @param declared what somebody said it is, likewise
   */
  static String detect(Path file, @Nullable String name, @Nullable String declared)
      throws IOException {
    var hints = new Metadata();
    if (name != null) {
      hints.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    }
    if (declared != null && isType(declared)) {
      hints.set(Metadata.CONTENT_TYPE, declared);
    }
    // not a channel, which an interruption would close
    try (var in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16)) {
      in.mark(BRAND);
      var brand = brand(in.readNBytes(BRAND));
      in.reset();
      var type = usual(Known.TYPES.detect(in, hints).getBaseType().toString());
      // any file of ISO's base format passes for a QuickTime one
      return type.equals("video/quicktime") && !brand.isBlank() && !brand.equals("qt  ")
          ? brand.startsWith("M4A") ? "audio/mp4" : "video/mp4"
          : type;
    }
  }

  /** What a file of ISO's base media format says it is (ISO/IEC 14496-12, 4.3); else empty. */
  private static String brand(byte[] head) {
    var text = new String(head, StandardCharsets.ISO_8859_1);
    return text.startsWith("ftyp", 4) && text.length() == BRAND ? text.substring(8) : "";
  }

  /** By its first bytes alone. */
  static String detect(Path file) throws IOException {
    return detect(file, null, null);
  }

  /** The names that browsers and chat networks use. */
  private static String usual(String type) {
    return switch (type) {
      case "audio/opus", "audio/vorbis", "audio/speex", "application/ogg", "audio/x-oggflac" ->
          "audio/ogg";
      case "video/theora", "video/x-ogm", "video/daala" -> "video/ogg";
      case "audio/vnd.wave", "audio/x-wav" -> "audio/wav";
      case "audio/x-flac" -> "audio/flac";
      case "application/mp4", "video/x-m4v" -> "video/mp4";
      case "image/x-ms-bmp" -> "image/bmp";
      default -> type;
    };
  }

  /** Whether this can stand in a header as a media type; parameters are looked over. */
  public static boolean isType(String text) {
    return TYPE.matcher(base(text)).matches() && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /** The type without its parameters, in lower case. */
  public static String base(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** The usual ending of a file of this type, with its dot; empty where there is none. */
  static String extension(String type) {
    try {
      return type.equals(UNKNOWN) ? "" : Known.TYPES.forName(type).getExtension();
    } catch (MimeTypeException e) {
      return "";
    }
  }
}
