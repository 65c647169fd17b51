package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself (contract: models, InfoRetrieveResponse). Wire names are snake_case.
 *
 * @param app product
 * @param endpoints where things are
 * @param platform machine
 * @param server listener
 * @param events the event log, which Belfry alone has
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record Info(
    App app, Endpoints endpoints, Platform platform, Server server, @Nullable Events events) {
  /** Checks what is required and copies what could change. */
  public Info {
    Check.required(app, "app");
    Check.required(endpoints, "endpoints");
    Check.required(platform, "platform");
    Check.required(server, "server");
  }

  /**
   * The product.
   *
   * @param name product name
   * @param version version, same as the version header
   * @param bundleId bundle id; the official CLI derives the kind of server from it
   */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record App(String name, String version, String bundleId) {
    /** Checks what is required and copies what could change. */
    public App {
      Check.required(name, "name");
      Check.required(version, "version");
      Check.required(bundleId, "bundleId");
    }
  }

  /**
   * The machine.
   *
   * @param os such as {@code linux}
   * @param arch such as {@code x64}
   * @param release kernel or runtime release
   */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record Platform(String os, String arch, @Nullable String release) {
    /** Checks what is required and copies what could change. */
    public Platform {
      Check.required(os, "os");
      Check.required(arch, "arch");
    }
  }

  /**
   * The listener.
   *
   * @param baseUrl own base URL
   * @param hostname host it listens on
   * @param port port
   * @param remoteAccess reachable from other machines
   * @param mcpEnabled MCP is on
   * @param status state text
   */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record Server(
      String baseUrl,
      String hostname,
      int port,
      boolean remoteAccess,
      boolean mcpEnabled,
      String status) {
    /** Checks what is required and copies what could change. */
    public Server {
      Check.required(baseUrl, "baseUrl");
      Check.required(hostname, "hostname");
      Check.required(status, "status");
    }
  }

  /**
   * Absolute URLs of the other interfaces.
   *
   * @param mcp MCP
   * @param spec OpenAPI document
   * @param wsEvents WebSocket
   * @param oauth sign-in
   */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record Endpoints(String mcp, String spec, String wsEvents, OAuth oauth) {
    /** Checks what is required and copies what could change. */
    public Endpoints {
      Check.required(mcp, "mcp");
      Check.required(spec, "spec");
      Check.required(wsEvents, "wsEvents");
      Check.required(oauth, "oauth");
    }
  }

  /**
   * Absolute URLs of the sign-in.
   *
   * @param authorizationEndpoint authorization
   * @param tokenEndpoint tokens
   * @param introspectionEndpoint introspection
   * @param registrationEndpoint registration
   * @param revocationEndpoint revocation
   * @param userinfoEndpoint whose token it is
   */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record OAuth(
      String authorizationEndpoint,
      String tokenEndpoint,
      String introspectionEndpoint,
      String registrationEndpoint,
      String revocationEndpoint,
      String userinfoEndpoint) {
    /** Checks what is required and copies what could change. */
    public OAuth {
      Check.required(authorizationEndpoint, "authorizationEndpoint");
      Check.required(tokenEndpoint, "tokenEndpoint");
      Check.required(introspectionEndpoint, "introspectionEndpoint");
      Check.required(registrationEndpoint, "registrationEndpoint");
      Check.required(revocationEndpoint, "revocationEndpoint");
      Check.required(userinfoEndpoint, "userinfoEndpoint");
    }
  }

  /**
   * The event log.
   *
   * @param log URL of the log
   * @param keptSeconds how old an event can become before a cursor to it leads nowhere
   * @param keptChanges how many changes are kept at most
   */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record Events(String log, long keptSeconds, long keptChanges) {
    /** Checks what is required and copies what could change. */
    public Events {
      Check.required(log, "log");
    }
  }
}
