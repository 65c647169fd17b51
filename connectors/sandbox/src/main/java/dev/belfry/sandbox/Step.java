package dev.belfry.sandbox;

import java.time.Duration;

/**
 * A step of the answer to a message of the owner's. A step that happened stands in the journal, so
 * an answer that was interrupted goes on where it stopped.
 *
 * @param delay after the step before
 * @param happening at least one event
 * @param after what follows from it outside the journal
 */
record Step(Duration delay, Happening happening, Runnable after) {
  static Step of(Duration delay, Happening happening) {
    return new Step(delay, happening, () -> {});
  }
}
