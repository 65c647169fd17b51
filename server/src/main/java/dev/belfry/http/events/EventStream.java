package dev.belfry.http.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.core.events.ChatFilter;
import dev.belfry.core.events.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Events as they happen, as server-sent events (WHATWG HTML, section 9.2): the cursor is the id, so
 * that a reader which comes back with {@code Last-Event-ID} misses nothing. Ends when the token is
 * no longer good or the server ends.
 */
public final class EventStream {
  private static final int AT_ONCE = 64;

  /** Something must be heard this often, or proxies and clients give up. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private final Feed feed;

  public EventStream(Feed feed) {
    this.feed = feed;
  }

  /** Where the bytes go. */
  @FunctionalInterface
  public interface Sink {
    /** Returns once they are on their way: it is the reader that sets the pace. */
    void write(byte[] bytes, boolean last) throws IOException;
  }

  /** A stream from a place on. */
  @FunctionalInterface
  public interface Open {
    void writeTo(Sink sink) throws IOException, InterruptedException;
  }

  /**
   * Prepares a stream.
   *
   * @param after a cursor, {@code now}, or null for the oldest that is kept
   * @throws dev.belfry.model.HubException if the cursor is malformed
   */
  public Open from(Listener listener, @Nullable String after, Object... path) {
    Position start = EventPage.start(feed, after, path);
    return sink -> write(listener, start, sink);
  }

  private void write(Listener listener, @Nullable Position start, Sink sink)
      throws IOException, InterruptedException {
    try (var reader = feed.open(listener)) {
      sink.write(": events follow\n\n".getBytes(UTF_8), false);
      Position at = start;
      boolean trusted = false;
      long seq = 1;
      while (reader.end() == null) {
        var batch = reader.read(ChatFilter.ALL, at, trusted, AT_ONCE);
        if (batch.isReset()) {
          sink.write(reset(feed.log().cursor(reader.grant(), batch.upTo())), false);
        } else if (!batch.events().isEmpty()) {
          sink.write(lines(batch, seq), false);
        }
        seq += batch.events().size();
        trusted = true;
        at = batch.upTo();
        if (!batch.hasMore() && !reader.await(at, KEEP_ALIVE.toNanos()) && reader.end() == null) {
          sink.write(alive(feed.log().cursor(reader.grant(), at)), false);
        }
      }
      sink.write(new byte[0], true);
    }
  }

  private static byte[] lines(Batch batch, long first) {
    var out = new ByteArrayOutputStream();
    long seq = first;
    for (var event : batch.events()) {
      out.writeBytes(
          ("id: " + event.cursor() + "\nevent: " + event.type() + "\ndata: ").getBytes(UTF_8));
      out.writeBytes(event.json(seq++));
      out.writeBytes("\n\n".getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] reset(String cursor) {
    return "id: %s\nevent: reset\ndata: {\"type\":\"reset\",\"cursor\":\"%s\"}\n\n"
        .formatted(cursor, cursor)
        .getBytes(UTF_8);
  }

  /** Without data it is no event, but the client notes where it is. */
  private static byte[] alive(String cursor) {
    return ": still here\nid: %s\n\n".formatted(cursor).getBytes(UTF_8);
  }
}
