package dev.belfry.http;

import dev.belfry.api.Info;
import dev.belfry.core.events.Keep;
import java.util.List;
import java.util.Locale;

/**
 * What the server is and where its parts are (contract, Server). Public, and answered from memory:
 * clients scan ports with it.
 */
final class InfoRoutes {
  private final ServerIdentity identity;
  private final boolean remoteAccess;
  private final Keep kept;

  /**
   * @param kept how much of the event log is
   */
  InfoRoutes(ServerIdentity identity, boolean remoteAccess, Keep kept) {
    this.kept = kept;
    this.identity = identity;
    this.remoteAccess = remoteAccess;
  }

  List<Route> routes() {
    return List.of(Route.open("GET", "/v1/info", this::info));
  }

  private Answer info(Call call) {
    BaseUrl base = call.base();
    return new Answer.Json(
        new Info(
            new Info.App(identity.name(), identity.version(), identity.bundleId()),
            endpoints(base),
            platform(),
            new Info.Server(
                base.at(""), base.host(), call.localPort(), remoteAccess, false, "ready"),
            new Info.Events(base.at("/v1/events"), kept.age().toSeconds(), kept.changes())));
  }

  private static Info.Endpoints endpoints(BaseUrl base) {
    return new Info.Endpoints(
        base.at("/v0/mcp"),
        base.at("/v1/spec"),
        base.at("/v1/ws"),
        new Info.OAuth(
            base.at("/oauth/authorize"),
            base.at("/oauth/token"),
            base.at("/oauth/introspect"),
            base.at("/oauth/register"),
            base.at("/oauth/revoke"),
            base.at("/oauth/userinfo")));
  }

  /** In the words of Node.js, which is where the contract's come from. */
  private static Info.Platform platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    return new Info.Platform(
        os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "win32" : os,
        switch (arch) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "arm64";
          default -> arch;
        },
        System.getProperty("os.version"));
  }
}
