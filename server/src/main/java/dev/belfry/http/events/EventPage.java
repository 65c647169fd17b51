package dev.belfry.http.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.core.events.ChatFilter;
import dev.belfry.core.events.Position;
import dev.belfry.model.HubException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A page of events, oldest first (contract, Decided for Belfry: {@code GET /v1/events}). */
public final class EventPage {
  /** What stands for the end of the log as it is now, in place of a cursor. */
  static final String NOW = "now";

  private final Feed feed;

  public EventPage(Feed feed) {
    this.feed = feed;
  }

  /**
   * Where a reader begins that gives this cursor.
   *
   * @param after a cursor, {@code now}, or null for the oldest that is kept
   * @param path where it was given, for the refusal
   */
  static @Nullable Position start(Feed feed, @Nullable String after, Object... path) {
    return switch (after) {
      case null -> null;
      case NOW -> feed.log().end();
      case String cursor -> feed.log().at(cursor, path);
    };
  }

  /**
   * Answers as soon as there is something to tell.
   *
   * @param listener whose request it is
   * @param after a cursor, {@code now}, or null for the oldest that is kept
   * @param wait how long at most
   * @return JSON
   */
  public byte[] read(Listener listener, @Nullable String after, int limit, Duration wait)
      throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    Position at = start(feed, after, "query", "after");
    try (var reader = feed.open(listener)) {
      var batch = reader.read(ChatFilter.ALL, at, false, limit);
      while (batch.events().isEmpty() && !batch.isReset()) {
        var end = batch.upTo();
        if (!batch.hasMore() && !reader.await(end, deadline - System.nanoTime())) {
          break;
        }
        batch = reader.read(ChatFilter.ALL, end, true, limit);
      }
      if (reader.end() == Reader.End.UNAUTHORIZED) {
        throw new HubException(
            HubException.Reason.UNAUTHORIZED, "The token is unknown, expired or revoked");
      }
      return json(reader, batch);
    }
  }

  private byte[] json(Reader reader, Batch batch) {
    var events = batch.events();
    var json = new ByteArrayOutputStream();
    json.writeBytes("{\"items\":[".getBytes(UTF_8));
    for (int i = 0; i < events.size(); i++) {
      if (i > 0) {
        json.write(',');
      }
      json.writeBytes(events.get(i).json(i + 1L));
    }
    var rest = new StringBuilder("],\"hasMore\":").append(batch.hasMore());
    rest.append(",\"oldestCursor\":");
    rest.append(events.isEmpty() ? "null" : quoted(events.getFirst().cursor()));
    rest.append(",\"newestCursor\":").append(quoted(cursor(feed, reader, batch)));
    if (batch.isReset()) {
      rest.append(",\"reset\":true");
    }
    json.writeBytes(rest.append('}').toString().getBytes(UTF_8));
    return json.toByteArray();
  }

  /** Where the reader is after a batch. */
  static String cursor(Feed feed, Reader reader, Batch batch) {
    var events = batch.events();
    return !events.isEmpty() && events.getLast().position().equals(batch.upTo())
        ? events.getLast().cursor()
        : feed.log().cursor(reader.grant(), batch.upTo());
  }

  private static String quoted(String cursor) {
    return '"' + cursor + '"'; // nothing in a cursor needs an escape
  }
}
