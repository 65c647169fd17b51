package dev.belfry.http;

import dev.belfry.model.Grant;
import java.util.List;

/**
 * Where {@code /v1/info} says that MCP is (contract, mcp.md), which this version does not speak. A
 * client begins there: without a token it is told where to sign in, with one that there is nothing
 * to use.
 */
final class McpRoutes {
  List<Route> routes() {
    // Not a route that takes a token as others do: there is nothing to be sent twice.
    return List.of(Route.open("POST", "/v0/mcp", McpRoutes::refuse));
  }

  private static Answer refuse(Call call) {
    var _ = call.requireGrant(Grant.Scope.READ);
    throw new Refused(
        Problem.of(
                501,
                "NOT_IMPLEMENTED",
                "This version of Belfry does not offer MCP; the HTTP API is described at /v1/spec")
            .unrepeatable());
  }
}
