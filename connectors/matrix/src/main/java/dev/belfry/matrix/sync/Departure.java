package dev.belfry.matrix.sync;

import dev.belfry.matrix.json.Json;

/** Who ended the owner's membership of a room. */
final class Departure {
  private final String me;
  private boolean own;

  Departure(String me) {
    this.me = me;
  }

  /** Looks at an event of the room, each in its order. */
  void see(Json event) {
    if ("m.room.member".equals(event.text("type")) && me.equals(event.text("state_key"))) {
      own =
          me.equals(event.text("sender")) && "leave".equals(event.at("content").text("membership"));
    }
  }

  boolean isOwn() {
    return own;
  }
}
