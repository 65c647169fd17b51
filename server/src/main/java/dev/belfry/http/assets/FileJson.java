package dev.belfry.http.assets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.core.files.NewUpload;
import dev.belfry.http.read.Body;
import dev.belfry.http.read.Input;
import dev.belfry.http.read.InvalidRequest;
import dev.belfry.model.HubException;
import dev.belfry.model.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file in a JSON object (contract, {@code POST /v1/assets/upload/base64}). The string {@code
 * content} goes to disk as it comes; what is left of the object is small and read like every body.
 */
public final class FileJson {
  private static final int BUFFER = 64 << 10;

  /** Of all but the content. */
  private static final int REST_BYTES = 1 << 20;

  private static final String CONTENT = "content";

  private final InputStream in;
  private final Base64Stream content;
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
  private final ByteArrayOutputStream key = new ByteArrayOutputStream();
  private int depth;
  private boolean wantsKey;
  private boolean wantsContent;
  private State state = State.BETWEEN;

  /** Where the reading stands. */
  private enum State {
    BETWEEN,
    KEY,
    STRING,
    ESCAPE,
    CONTENT
  }

  private FileJson(InputStream in, Base64Stream content) {
    this.in = in;
    this.content = content;
  }

  private record Said(@Nullable String fileName, @Nullable String mimeType) {}

  /**
   * Reads an object to its end.
   *
   * @param begin makes the place for the file
   * @throws InvalidRequest for an object that is none, or whose content is no base64
   */
  public static Upload receive(InputStream in, Supplier<NewUpload> begin) {
    try (var upload = begin.get()) {
      var content = new Base64Stream(upload);
      var json = new FileJson(in, content);
      json.read();
      var said =
          Input.read(null, json.rest::toByteArray, _ -> {}, all -> said(all.body(), content));
      return upload.finish(
          said.fileName(), FileForm.mimeType(said.mimeType()), content.declaredType());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Said said(Body body, Base64Stream content) {
    var left = body.string(CONTENT);
    if (!body.has(CONTENT)) {
      body.missing(CONTENT);
    } else if (left != null && !left.isEmpty()) {
      body.require(CONTENT, "Write the key as it is, without escapes");
    } else if (left != null) {
      content.finish().ifPresent(fault -> body.require(CONTENT, fault));
    }
    return new Said(body.string("fileName"), body.string("mimeType"));
  }

  private void read() throws IOException {
    var buffer = new byte[BUFFER];
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      int at = 0;
      while (at < length) {
        at = state == State.CONTENT ? content(buffer, at, length) : other(buffer[at], at + 1);
      }
    }
  }

  /** Takes content up to its end, or the buffer's. */
  private int content(byte[] buffer, int from, int to) {
    int end = content.take(buffer, from, to);
    if (content.isEnded()) {
      state = State.BETWEEN;
      put((byte) '"');
    }
    return end;
  }

  private int other(byte b, int next) {
    put(b);
    switch (state) {
      case BETWEEN -> between(b);
      case KEY -> {
        if (b == '"') {
          state = State.BETWEEN;
        } else if (key.size() <= CONTENT.length()) {
          key.write(b);
          if (b == '\\') {
            // an escaped key is not looked for, but the string must end where it ends
            key.reset();
            state = State.ESCAPE;
          }
        }
      }
      case STRING -> state = b == '"' ? State.BETWEEN : b == '\\' ? State.ESCAPE : State.STRING;
      case ESCAPE -> state = State.STRING;
      case CONTENT -> throw new IllegalStateException("content is read elsewhere");
    }
    return next;
  }

  private void between(byte b) {
    switch (b) {
      case '{', '[' -> {
        depth++;
        wantsKey = b == '{' && depth == 1;
        wantsContent = false;
      }
      case '}', ']' -> depth--;
      case ',' -> {
        wantsKey = depth == 1;
        wantsContent = false;
      }
      case ':' -> {
        wantsContent = depth == 1 && key.toString(UTF_8).equals(CONTENT);
        key.reset();
      }
      case '"' -> {
        if (wantsContent) {
          wantsContent = false;
          content.begin();
          state = State.CONTENT;
        } else if (wantsKey) {
          wantsKey = false;
          key.reset();
          state = State.KEY;
        } else {
          state = State.STRING;
        }
      }
      default -> {} // numbers, words and space; what is wrong is found when the rest is read
    }
  }

  private void put(byte b) {
    if (rest.size() >= REST_BYTES) {
      throw new HubException(
          HubException.Reason.TOO_LARGE,
          "Beside its content the body may have %d bytes".formatted(REST_BYTES));
    }
    rest.write(b);
  }
}
