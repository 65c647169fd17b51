package dev.belfry.http.assets;

import dev.belfry.core.files.MediaTypes;
import dev.belfry.core.files.NewUpload;
import dev.belfry.http.read.InvalidRequest;
import dev.belfry.model.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A file in a form of {@code multipart/form-data} (RFC 7578), in a part called {@code file}; the
 * parts {@code fileName} and {@code mimeType} may come before or after it, and others do not
 * matter. The file goes to disk as it comes.
 */
public final class FileForm implements AutoCloseable {
  private static final int BUFFER = 64 << 10;
  private static final int MOST_PARTS = 50;
  private static final int HEADER_BYTES = 8 << 10;
  private static final int FIELD_BYTES = 4 << 10;
  private static final String FILE = "file";

  private final Supplier<NewUpload> begin;
  private final Map<String, String> fields = new HashMap<>();
  private final ByteArrayOutputStream field = new ByteArrayOutputStream();
  private @Nullable NewUpload file;
  private @Nullable String fileName;
  private @Nullable String hint;
  private boolean isEmptyChoice;
  private PartHead part = PartHead.NONE;
  private boolean complete;
  private @Nullable RuntimeException fault;

  private FileForm(Supplier<NewUpload> begin) {
    this.begin = begin;
  }

  /**
   * Reads a form to its end.
   *
   * @param contentType the request's; null where it has none
   * @param begin makes the place for the file
   * @throws InvalidRequest for a form that is none, or has no file or several
   */
  public static Upload receive(
      @Nullable String contentType, InputStream in, Supplier<NewUpload> begin) {
    try (var form = new FileForm(begin)) {
      form.read(boundary(contentType), in);
      return form.finish();
    }
  }

  private static String boundary(@Nullable String contentType) {
    if (contentType == null || !MediaTypes.base(contentType).equals("multipart/form-data")) {
      throw new InvalidRequest("The content type must be multipart/form-data", "body");
    }
    var boundary = MultiPart.extractBoundary(contentType);
    if (boundary == null || boundary.isEmpty() || boundary.length() > 200) {
      throw new InvalidRequest(
          "The content type must name the boundary: multipart/form-data; boundary=...", "body");
    }
    return boundary;
  }

  private void read(String boundary, InputStream in) {
    var parser = new MultiPart.Parser(boundary, new Parts());
    parser.setMaxParts(MOST_PARTS);
    parser.setPartHeadersMaxLength(HEADER_BYTES);
    try {
      while (true) {
        // a fresh one each time, as the parser may keep what it could not understand yet
        var buffer = new byte[BUFFER];
        int length = in.read(buffer);
        if (length < 0) {
          break;
        }
        if (!complete) { // what follows the last boundary does not matter
          parser.parse(Content.Chunk.from(ByteBuffer.wrap(buffer, 0, length), false));
          throwIfFaulty();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!complete) {
      parser.parse(Content.Chunk.EOF);
      throwIfFaulty();
    }
    if (!complete) {
      throw malformed();
    }
  }

  private static InvalidRequest malformed() {
    return new InvalidRequest(
        "Not a well-formed multipart/form-data body; it may have been cut short", "body");
  }

  private void throwIfFaulty() {
    if (fault != null) {
      throw fault;
    }
  }

  private Upload finish() {
    var upload = file;
    if (upload == null || isEmptyChoice) {
      throw new InvalidRequest("Required: the part with the file", "body", FILE);
    }
    return upload.finish(
        fields.getOrDefault("fileName", fileName == null ? "" : fileName),
        mimeType(fields.get("mimeType")),
        hint);
  }

  /** Null for none given; a blank one is none. */
  static @Nullable String mimeType(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return null;
    }
    if (!MediaTypes.isType(given)) {
      throw new InvalidRequest(
          "Not a media type: it has the form type/subtype, such as image/png", "body", "mimeType");
    }
    return given;
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }

  /** What the parser finds. It swallows what is thrown here, so that is kept for later. */
  private final class Parts implements MultiPart.Parser.Listener {
    @Override
    public void onPartBegin() {
      part = PartHead.NONE;
      field.reset();
    }

    @Override
    public void onPartHeader(String name, String value) {
      if (HttpHeader.CONTENT_DISPOSITION.is(name)) {
        part = PartHead.of(value, part.type());
      } else if (HttpHeader.CONTENT_TYPE.is(name)) {
        part = part.withType(value);
      }
    }

    @Override
    public void onPartHeaders() {
      attempt(() -> {
        if (part.name().equals(FILE)) {
          beginFile();
        }
      });
    }

    private void beginFile() {
      if (file != null) {
        throw new InvalidRequest("Only one file can be uploaded at a time", "body", FILE);
      }
      file = begin.get();
      fileName = part.fileName();
      var type = part.type();
      boolean saysNothing = type != null && MediaTypes.base(type).equals(MediaTypes.UNKNOWN);
      hint = saysNothing ? null : type;
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
      var bytes = chunk.getByteBuffer();
      attempt(() -> take(bytes));
    }

    private void take(ByteBuffer bytes) {
      if (part.name().equals(FILE) && file != null) {
        var array = new byte[bytes.remaining()];
        bytes.get(array);
        file.write(array, 0, array.length);
      } else if (isField()) {
        if (field.size() + bytes.remaining() > FIELD_BYTES) {
          throw new InvalidRequest("At most %d bytes".formatted(FIELD_BYTES), "body", part.name());
        }
        while (bytes.hasRemaining()) {
          field.write(bytes.get());
        }
      }
    }

    private boolean isField() {
      return part.name().equals("fileName") || part.name().equals("mimeType");
    }

    @Override
    public void onPartEnd() {
      attempt(() -> {
        if (isField() && fields.put(part.name(), text()) != null) {
          throw new InvalidRequest("Given twice", "body", part.name());
        }
        // what a browser sends where nothing was chosen
        isEmptyChoice |=
            part.name().equals(FILE)
                && file != null
                && file.length() == 0
                && "".equals(part.fileName());
      });
    }

    private String text() {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(field.toByteArray()))
            .toString();
      } catch (CharacterCodingException e) {
        throw new InvalidRequest("Not valid UTF-8", "body", part.name());
      }
    }

    @Override
    public void onComplete() {
      complete = true;
    }

    @Override
    public void onFailure(Throwable failure) {
      attempt(() -> {
        throw malformed();
      });
    }

    private void attempt(Runnable step) {
      if (fault == null) {
        try {
          step.run();
        } catch (RuntimeException e) {
          fault = e;
        }
      }
    }
  }

  /**
   * The headers of a part, as far as they matter here.
   *
   * @param name empty for none
   * @param fileName empty where the client has chosen none, null where it says nothing of it
   * @param type the content type
   */
  private record PartHead(String name, @Nullable String fileName, @Nullable String type) {
    static final PartHead NONE = new PartHead("", null, null);

    PartHead withType(String value) {
      return new PartHead(name, fileName, value);
    }

    static PartHead of(String disposition, @Nullable String type) {
      var parameters = Disposition.parameters(disposition);
      return parameters == null
              || !disposition.strip().toLowerCase(Locale.ROOT).startsWith("form-data")
          ? new PartHead("", null, type)
          : new PartHead(
              parameters.getOrDefault("name", ""), Disposition.fileName(parameters), type);
    }
  }
}
