package dev.belfry.sdk;

import dev.belfry.api.AppState;

/** The sign-in of the installation (contract: endpoints, App setup). */
public final class App {
  private final Http http;

  App(Http http) {
    this.http = http;
  }

  /** How far the sign-in is. Not in Beeper Desktop 5.0.0, where it is a 404. */
  public AppState setup() {
    return http.get("v1", "app", "setup").as(AppState.class);
  }
}
