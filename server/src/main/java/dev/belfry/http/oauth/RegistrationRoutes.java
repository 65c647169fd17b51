package dev.belfry.http.oauth;

import dev.belfry.core.access.Clients;
import dev.belfry.http.Answer;
import dev.belfry.http.BaseUrl;
import dev.belfry.http.Call;
import dev.belfry.http.Route;
import dev.belfry.model.Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Programs introduce themselves (contract, auth.md, POST /oauth/register; RFC 7591). What they ask
 * for beyond what there is, such as refresh tokens or secrets, is answered with what they get.
 */
final class RegistrationRoutes {
  private static final int LONGEST_URI = 500;

  private final Clients clients;

  RegistrationRoutes(Clients clients) {
    this.clients = clients;
  }

  List<Route> routes() {
    Route.Handler register = Answers.forPrograms(this::register);
    return List.of(
        Route.open("POST", "/oauth/register", register), Route.open("POST", "/register", register));
  }

  private Answer register(Call call) {
    try {
      Members metadata = Members.ofBody(call);
      String name = metadata.text("client_name");
      String home = homePage(metadata);
      String scope = scope(metadata);
      Client client = clients.register(name == null ? "" : name, home, redirects(metadata));
      return Answers.json(201, answer(client, scope, call.base()));
    } catch (OAuthFault fault) {
      throw fault.code().equals("invalid_request")
          ? new OAuthFault("invalid_client_metadata", fault.description())
          : fault;
    }
  }

  private static List<String> redirects(Members metadata) {
    try {
      List<String> uris = metadata.texts("redirect_uris");
      return uris == null ? List.of() : uris;
    } catch (OAuthFault fault) {
      throw new OAuthFault("invalid_redirect_uri", fault.description());
    }
  }

  private static @Nullable String homePage(Members metadata) {
    String uri = metadata.text("client_uri");
    return uri != null && uri.length() <= LONGEST_URI && uri.matches("https?://[!-~]+")
        ? uri
        : null;
  }

  /** What it may ask for later; to name none, or only unknown ones, is no reason to be refused. */
  private static String scope(Members metadata) {
    String scope = metadata.text("scope");
    try {
      return Scopes.text(Scopes.asked(scope == null ? "read write" : scope));
    } catch (OAuthFault unknown) {
      return "read";
    }
  }

  private static Map<String, Object> answer(Client client, String scope, BaseUrl base) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("client_id", client.id());
    answer.put("client_name", client.name());
    answer.put("client_id_issued_at", client.createdAt().getEpochSecond());
    answer.put("redirect_uris", client.redirectUris());
    answer.put("grant_types", List.of("authorization_code"));
    answer.put("response_types", List.of("code"));
    answer.put("scope", scope);
    answer.put("token_endpoint_auth_method", "none");
    if (client.uri() != null) {
      answer.put("client_uri", client.uri());
    }
    answer.put("authorization_endpoint", base.at("/oauth/authorize"));
    answer.put("token_endpoint", base.at("/oauth/token"));
    return answer;
  }
}
