package dev.belfry.api;

import dev.belfry.api.check.Check;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * Who has read a message (contract: models, Message, {@code seen}): yes or no, a time, or one of
 * these for each participant.
 */
public sealed interface Seen {
  /** Read or not. */
  static Seen of(boolean value) {
    return new Flag(value);
  }

  /** Read at a time. */
  static Seen at(Instant time) {
    return new At(time.toString());
  }

  /**
   * Read or not.
   *
   * @param value whether it was read
   */
  record Flag(boolean value) implements Seen {}

  /**
   * Read at a time.
   *
   * @param text the time as it was sent; the contract asks for a string only
   */
  record At(String text) implements Seen {
    /** The time, if the text is one with a zone. */
    public Optional<Instant> time() {
      try {
        return Optional.of(OffsetDateTime.parse(text).toInstant());
      } catch (DateTimeException notATime) {
        return Optional.empty();
      }
    }
  }

  /**
   * One answer for each participant.
   *
   * @param participants by participant id; the values are {@link Flag} or {@link At}
   */
  record ByParticipant(Map<String, Seen> participants) implements Seen {
    /** Copies the map and refuses maps in maps. */
    public ByParticipant {
      participants = Check.map(participants, "seen");
      if (participants.values().stream().anyMatch(ByParticipant.class::isInstance)) {
        throw new IllegalArgumentException("seen is a map of maps");
      }
    }
  }
}
