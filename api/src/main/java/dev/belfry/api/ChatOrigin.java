package dev.belfry.api;

import io.avaje.jsonb.Json;

/**
 * Whether a chat was there before it was asked for (contract: models, ChatStartResponse). Other
 * values than the ones named here are kept as they are.
 *
 * @param value the value on the wire
 */
public record ChatOrigin(@Json.Value String value) {
  /** It was there. */
  public static final ChatOrigin EXISTING = new ChatOrigin("existing");

  /** It was made. */
  public static final ChatOrigin CREATED = new ChatOrigin("created");

  @Override
  public String toString() {
    return value;
  }
}
