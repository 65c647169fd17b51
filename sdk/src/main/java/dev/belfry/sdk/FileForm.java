package dev.belfry.sdk;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file as {@code multipart/form-data} (RFC 7578).
 *
 * @param publisher gives the body, anew for each try
 */
record FileForm(String contentType, Supplier<BodyPublisher> publisher) {
  /**
   * A file on the disk.
   *
   * @param size its bytes
   */
  static FileForm of(String fileName, @Nullable String mimeType, Path file, long size) {
    return of(
        fileName,
        mimeType,
        () -> {
          try {
            return BodyPublishers.ofFile(file);
          } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
          }
        },
        size == 0);
  }

  /** What a stream gives. */
  static FileForm of(
      String fileName, @Nullable String mimeType, Supplier<? extends InputStream> content) {
    return of(fileName, mimeType, () -> BodyPublishers.ofInputStream(content), false);
  }

  private static FileForm of(
      String fileName, @Nullable String mimeType, Supplier<BodyPublisher> file, boolean empty) {
    String boundary = "belfry-" + UUID.randomUUID();
    StringBuilder head = new StringBuilder();
    field(head, boundary, "fileName", fileName);
    if (mimeType != null) field(head, boundary, "mimeType", mimeType);
    part(head, boundary, "file\"; filename=\"" + quoted(fileName));
    head.append("Content-Type: application/octet-stream\r\n\r\n");
    String tail = "\r\n--" + boundary + "--\r\n";
    return new FileForm(
        "multipart/form-data; boundary=" + boundary,
        () ->
            empty
                ? text(head + tail)
                : BodyPublishers.concat(text(head.toString()), file.get(), text(tail)));
  }

  private static void field(StringBuilder head, String boundary, String name, String value) {
    part(head, boundary, name);
    head.append("\r\n").append(value).append("\r\n");
  }

  private static void part(StringBuilder head, String boundary, String name) {
    head.append("--").append(boundary).append("\r\n");
    head.append("Content-Disposition: form-data; name=\"").append(name).append("\"\r\n");
  }

  /** As browsers write a name that could end the header. */
  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static BodyPublisher text(String text) {
    return BodyPublishers.ofByteArray(text.getBytes(StandardCharsets.UTF_8));
  }
}
