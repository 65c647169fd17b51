package dev.belfry.api;

import io.avaje.jsonb.Json;

/**
 * How well something is supported (contract: models, Chat.Capabilities). Other values than the ones
 * named here are kept as they are.
 *
 * @param value the value on the wire
 */
public record Level(@Json.Value int value) {
  /** Tried and refused. */
  public static final Level REJECTED = new Level(-2);

  /** Dropped silently. */
  public static final Level DROPPED = new Level(-1);

  /** Not supported. */
  public static final Level UNSUPPORTED = new Level(0);

  /** Supported in part. */
  public static final Level PARTIAL = new Level(1);

  /** Supported. */
  public static final Level FULL = new Level(2);

  /** Whether it works at least in part. */
  public boolean works() {
    return value > 0;
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
