package dev.belfry.sdk;

import dev.belfry.api.Info;

/** What the server says of itself (contract: endpoints, GET /v1/info). */
public final class ServerInfo {
  private final Http http;

  ServerInfo(Http http) {
    this.http = http;
  }

  /** Product, machine, listener and URLs. Needs no token and sends none. */
  public Info retrieve() {
    return http.get("v1", "info").open().as(Info.class);
  }
}
