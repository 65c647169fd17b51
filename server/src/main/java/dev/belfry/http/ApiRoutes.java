package dev.belfry.http;

import dev.belfry.core.Hub;
import java.util.List;
import java.util.stream.Stream;

/** All endpoints, feature by feature. */
final class ApiRoutes {
  private ApiRoutes() {}

  static List<Route> of(Hub hub, ServerIdentity identity, boolean remoteAccess) {
    return Stream.of(
            new InfoRoutes(identity, remoteAccess).routes(),
            new SetupRoutes(hub.accounts()).routes(),
            new AccountRoutes(hub.accounts()).routes(),
            new ChatRoutes(hub.chats()).routes(),
            new MessageRoutes(hub.messages()).routes())
        .flatMap(List::stream)
        .toList();
  }
}
