package dev.belfry.sdk;

/**
 * What happened, of which nothing is lost: each cursor leads on from where it was taken, over
 * restarts of both sides. Only Belfry has it (contract: Decided for Belfry, {@code GET
 * /v1/events}).
 */
public final class Events {
  private final Http http;

  Events(Http http) {
    this.http = http;
  }

  /** What happens from now on, as soon as it is first asked. */
  public EventReader fromNow() {
    return new EventReader(http, EventReader.NOW);
  }

  /** All that the server still knows, and what follows. */
  public EventReader fromOldest() {
    return new EventReader(http, null);
  }

  /** What came after a cursor that was kept, and what follows. */
  public EventReader after(String cursor) {
    return new EventReader(http, cursor);
  }
}
