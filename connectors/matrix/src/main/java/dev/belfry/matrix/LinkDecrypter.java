package dev.belfry.matrix;

import dev.belfry.matrix.json.Json;
import dev.belfry.matrix.message.Decrypter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Opens the encrypted events of one sync answer or one page of history. A key may be on its way, so
 * it waits a little; but all waits together are bounded, and a session is waited for once, so that
 * one room's missing keys do not hold up all the others.
 */
final class LinkDecrypter implements Decrypter {
  private static final System.Logger LOG = System.getLogger(LinkDecrypter.class.getName());
  private static final Duration ONE = Duration.ofMillis(300);
  private static final Duration ALL = Duration.ofSeconds(2);

  private static final String NO_KEY = "no_key";
  private static final String FAULT = "fault";

  private final MatrixLink link;
  private final InstantSource clock;
  private final Set<String> missing = new HashSet<>();
  private final List<PendingKeys.Pending> missed = new ArrayList<>();
  private Duration left = ALL;

  LinkDecrypter(MatrixLink link, InstantSource clock) {
    this.link = link;
    this.clock = clock;
  }

  @Override
  public Opened open(String roomId, Json event) throws InterruptedException {
    String session = event.at("content").text("session_id");
    String name = roomId + " " + session;
    Duration wait = missing.contains(name) ? Duration.ZERO : left.compareTo(ONE) < 0 ? left : ONE;
    Instant began = clock.instant();
    MatrixLink.Decryption answer = decrypt(roomId, event, wait);
    Duration spent = Duration.between(began, clock.instant());
    left = spent.compareTo(left) < 0 ? left.minus(spent) : Duration.ZERO;
    String type = answer.type();
    if (type != null) {
      return new Opened(type, Json.parse(answer.content()), null, answer.verified());
    }
    missing.add(name);
    String key = event.words("event_id");
    String failure = answer.failure() == null ? NO_KEY : answer.failure();
    if (key != null && (failure.equals(NO_KEY) || failure.equals(FAULT))) {
      missed.add(new PendingKeys.Pending(roomId, session == null ? "" : session, key));
    }
    return new Opened(null, Json.NOTHING, words(failure), false);
  }

  private MatrixLink.Decryption decrypt(String roomId, Json event, Duration wait)
      throws InterruptedException {
    try {
      return link.decrypt(event.with("room_id", Json.of(roomId)).toString(), wait);
    } catch (RuntimeException e) {
      // The library beneath may trip over a malformed event; that is one message lost, not the
      // link.
      LOG.log(
          System.Logger.Level.WARNING,
          "event {0} in {1} cannot be decrypted: {2}",
          event.text("event_id"),
          roomId,
          e.getClass().getName());
      return new MatrixLink.Decryption(null, null, "malformed", false);
    }
  }

  private static String words(String failure) {
    return switch (failure) {
      case NO_KEY -> "Waiting for the key of this message.";
      case FAULT -> "Waiting to decrypt this message.";
      case "replayed" -> "This message cannot be read: it repeats an older one in disguise.";
      case "malformed" -> "This message cannot be read: it is malformed.";
      case "unknown_algorithm" -> "This message cannot be read: its encryption is not known here.";
      default -> "This message cannot be decrypted.";
    };
  }

  /** What could not be opened and may be some day. */
  List<PendingKeys.Pending> missed() {
    return missed;
  }
}
