package dev.belfry.http.oauth;

import dev.belfry.http.Answer;
import dev.belfry.http.BaseUrl;
import dev.belfry.http.Call;
import dev.belfry.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The documents that say where to sign in (contract, auth.md, Discovery documents; RFC 8414, RFC
 * 9728), for web pages of any origin. Clients ask for them under the path of what they want to use,
 * too.
 */
final class DiscoveryRoutes {
  private static final String SERVER = "/.well-known/oauth-authorization-server";
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";

  /** What clients may want to use. */
  private static final List<String> USED =
      List.of("", "/v0/mcp", "/v0/sse", "/v1/mcp", "/v1", "/mcp", "/sse");

  private static final Map<String, String> ANY_ORIGIN = Map.of("Access-Control-Allow-Origin", "*");

  /** MCP clients in browsers send a header of their own, so the browser asks first. */
  private static final Map<String, String> PRE_FLIGHT =
      Map.of(
          "Access-Control-Allow-Origin",
          "*",
          "Access-Control-Allow-Methods",
          "GET, HEAD, OPTIONS",
          "Access-Control-Allow-Headers",
          "MCP-Protocol-Version, Authorization, Content-Type, Accept",
          "Access-Control-Max-Age",
          "86400",
          "Allow",
          "GET, HEAD, OPTIONS");

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (String path : USED) {
      add(routes, SERVER + path, this::server);
      add(routes, RESOURCE + path, call -> resource(call.base(), path));
    }
    return routes;
  }

  private static void add(List<Route> routes, String path, Route.Handler document) {
    routes.add(Route.open("GET", path, document));
    routes.add(Route.open("OPTIONS", path, _ -> new Answer.Whole(204, PRE_FLIGHT, "")));
  }

  private Answer server(Call call) {
    BaseUrl base = call.base();
    var document = new LinkedHashMap<String, Object>();
    document.put("issuer", base.at(""));
    document.put("authorization_endpoint", base.at("/oauth/authorize"));
    document.put("token_endpoint", base.at("/oauth/token"));
    document.put("registration_endpoint", base.at("/oauth/register"));
    document.put("revocation_endpoint", base.at("/oauth/revoke"));
    document.put("introspection_endpoint", base.at("/oauth/introspect"));
    document.put("userinfo_endpoint", base.at("/oauth/userinfo"));
    document.put("response_types_supported", List.of("code"));
    document.put("response_modes_supported", List.of("query"));
    document.put("grant_types_supported", List.of("authorization_code"));
    document.put("code_challenge_methods_supported", List.of("S256"));
    document.put("token_endpoint_auth_methods_supported", List.of("none"));
    document.put("revocation_endpoint_auth_methods_supported", List.of("none"));
    document.put("introspection_endpoint_auth_methods_supported", List.of("none"));
    document.put("authorization_response_iss_parameter_supported", true);
    document.put("scopes_supported", Scopes.ALL);
    document.put("service_documentation", base.at("/docs"));
    return Answers.json(200, ANY_ORIGIN, document);
  }

  private static Answer resource(BaseUrl base, String path) {
    var document = new LinkedHashMap<String, Object>();
    document.put("resource", base.at(path));
    document.put("authorization_servers", List.of(base.at("")));
    document.put("scopes_supported", Scopes.ALL);
    document.put("bearer_methods_supported", List.of("header"));
    document.put("resource_name", "Belfry");
    return Answers.json(200, ANY_ORIGIN, document);
  }
}
