package dev.belfry.matrix.media;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MediaApi;
import dev.belfry.matrix.http.Refusals;
import dev.belfry.matrix.json.Json;
import dev.belfry.network.Outcome;
import dev.belfry.network.Outcome.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings files to the homeserver. What was brought for a transaction is remembered for a while, so
 * that a message which has to be sent again does not bring its file again.
 */
public final class Uploads {
  private static final String ANY = "application/octet-stream";
  private static final Pattern MIME = Pattern.compile("[\\w.+-]{1,127}/[\\w.+-]{1,127}");
  private static final int TOO_LARGE = 413;
  private static final int REMEMBERED = 200;

  private final MediaApi media;
  private final Map<String, Json> brought =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Json> eldest) {
          return size() > REMEMBERED;
        }
      };

  public Uploads(MediaApi media) {
    this.media = media;
  }

  /** How bringing a file ended. */
  public sealed interface Result {
    /**
     * It is there.
     *
     * @param named the fields by which an event's content names it: {@code url}, or {@code file}
     *     with the key
     */
    record Brought(Json named) implements Result {}

    /** It is not. */
    record Failed(Outcome outcome) implements Result {}
  }

  /**
   * Brings a file.
   *
   * @param transaction of the message that it belongs to
   * @param type the MIME type; null if unknown
   * @param name what it is called; null for none
   * @param sealed whether to encrypt it; the homeserver then hears neither type nor name
   */
  public Result bring(
      String transaction, Path file, @Nullable String type, @Nullable String name, boolean sealed)
      throws IOException, InterruptedException {
    Json known = remembered(transaction, sealed);
    if (known != null) {
      return new Result.Brought(known);
    }
    if (!Files.isReadable(file)) {
      return new Result.Failed(
          new Rejected("no_file", "The file is no longer here; upload it again.", false));
    }
    long size = Files.size(file);
    Long largest = media.largest();
    if (largest != null && size > largest) {
      return new Result.Failed(
          tooLarge(
              "The file has %d bytes; the homeserver takes %d at the most."
                  .formatted(size, largest)));
    }
    return sealed ? sealed(transaction, file, size) : clear(transaction, file, size, type, name);
  }

  private Result clear(
      String transaction, Path file, long size, @Nullable String type, @Nullable String name)
      throws IOException, InterruptedException {
    String safe = type != null && MIME.matcher(type).matches() ? type : ANY;
    Answer answer = media.upload(BodyPublishers.ofFile(file), size, safe, name);
    String url = answer.body().words("content_uri");
    if (!answer.isOk() || url == null) {
      return new Result.Failed(refusal(answer));
    }
    return remember(transaction, false, Json.of(Map.of("url", url)));
  }

  private Result sealed(String transaction, Path file, long size)
      throws IOException, InterruptedException {
    FileKey key = FileKey.fresh();
    AtomicReference<@Nullable Sealing> stream = new AtomicReference<>();
    Answer answer;
    try {
      answer = media.upload(publisher(file, size, key, stream), size, ANY, null);
    } finally {
      closed(stream.get());
    }
    Sealing read = stream.get();
    byte[] hash = read == null ? FileKey.sha256().digest() : read.hash();
    String url = answer.body().words("content_uri");
    if (!answer.isOk() || url == null) {
      return new Result.Failed(refusal(answer));
    }
    return remember(transaction, true, Json.of(Map.of("file", key.told(url, hash))));
  }

  /** The client may begin anew, so each stream starts from the beginning. */
  private static BodyPublisher publisher(
      Path file, long size, FileKey key, AtomicReference<@Nullable Sealing> last) {
    if (size == 0) {
      return BodyPublishers.noBody();
    }
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> opened(file, key, last)), size);
  }

  // Null is how a supplier of a body says that there is none to be had.
  @SuppressWarnings("NullAway")
  private static @Nullable InputStream opened(
      Path file, FileKey key, AtomicReference<@Nullable Sealing> last) {
    try {
      Sealing stream = new Sealing(Files.newInputStream(file), key);
      last.set(stream);
      return stream;
    } catch (IOException e) {
      return null;
    }
  }

  private static void closed(@Nullable Sealing stream) throws IOException {
    if (stream != null) {
      stream.close();
    }
  }

  private static Outcome refusal(Answer answer) {
    if (answer.isOk()) {
      return new Rejected(
          "no_address", "The homeserver took the file and did not say where.", true);
    }
    return answer.status() == TOO_LARGE
        ? tooLarge("The file is too large for the homeserver.")
        : Refusals.of(answer);
  }

  private static Rejected tooLarge(String words) {
    return new Rejected("too_large", words, false);
  }

  private @Nullable Json remembered(String transaction, boolean sealed) {
    synchronized (brought) {
      return brought.get(transaction + sealed);
    }
  }

  private Result remember(String transaction, boolean sealed, Json named) {
    synchronized (brought) {
      brought.put(transaction + sealed, named);
    }
    return new Result.Brought(named);
  }
}
