package dev.belfry.http.oauth;

import dev.belfry.core.Hub;
import dev.belfry.http.Route;
import java.util.List;
import java.util.stream.Stream;

/** All endpoints of the sign-in. */
public final class OAuthRoutes {
  private OAuthRoutes() {}

  /** The endpoints over a hub. */
  public static List<Route> of(Hub hub) {
    return Stream.of(
            new DiscoveryRoutes().routes(),
            new RegistrationRoutes(hub.clients()).routes(),
            new AuthorizationRoutes(hub.clients(), hub.consents()).routes(),
            new ConsentRoutes(hub.consents()).routes(),
            new CallbackRoutes(hub.clients(), hub.consents()).routes(),
            new TokenRoutes(hub.codes()).routes(),
            new InspectionRoutes(hub.tokens()).routes())
        .flatMap(List::stream)
        .toList();
  }
}
