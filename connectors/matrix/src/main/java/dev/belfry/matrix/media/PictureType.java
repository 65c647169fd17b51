package dev.belfry.matrix.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What kind of picture a file is, by its first bytes. */
public final class PictureType {
  private static final int HEAD = 16;

  private PictureType() {}

  /** The MIME type; null for what is no picture that Matrix clients show. */
  public static @Nullable String of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    }
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
      return "image/gif";
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return "image/webp";
    }
    return text.startsWith("ftypavif", 4) ? "image/avif" : null;
  }
}
