package dev.belfry.http.oauth;

import dev.belfry.core.Tokens;
import dev.belfry.http.Answer;
import dev.belfry.http.BaseUrl;
import dev.belfry.http.Call;
import dev.belfry.http.Route;
import dev.belfry.http.ServerIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a token is good for, and its end (contract, auth.md, POST /oauth/introspect, POST
 * /oauth/revoke, GET /oauth/userinfo; RFC 7662, RFC 7009). Who shows a token may know and end it:
 * no other proof is asked for, and none can be guessed.
 */
final class InspectionRoutes {
  private static final String BEARER = "bearer ";

  private final Tokens tokens;

  InspectionRoutes(Tokens tokens) {
    this.tokens = tokens;
  }

  List<Route> routes() {
    return List.of(
        Route.open("POST", "/oauth/introspect", Answers.forPrograms(this::introspect)),
        Route.open("POST", "/oauth/revoke", Answers.forPrograms(this::revoke)),
        Route.open("GET", "/oauth/userinfo", Answers.forPrograms(this::userinfo)));
  }

  private Answer introspect(Call call) {
    String secret = Parameters.ofBody(call).require("token");
    Optional<Tokens.Token> token = tokens.find(secret);
    if (token.isEmpty()) {
      TooOften.countWrong(call);
      return Answers.json(200, Map.of("active", false));
    }
    TooOften.countGood(call, token.get());
    return Answers.json(200, introspection(token.get(), call.base()));
  }

  private static Map<String, Object> introspection(Tokens.Token token, BaseUrl base) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("active", true);
    answer.put("token_type", "Bearer");
    putCommon(answer, token);
    answer.put("nbf", token.createdAt().getEpochSecond());
    answer.put("iss", base.at(""));
    var identity = ServerIdentity.BELFRY;
    answer.put(
        "app",
        Map.of(
            "name", identity.name(),
            "version", identity.version(),
            "bundle_id", identity.bundleId()));
    if (token.consent() != null) {
      answer.put("client", Map.of("id", token.consent().client(), "name", token.name()));
    }
    return answer;
  }

  private static void putCommon(Map<String, Object> answer, Tokens.Token token) {
    answer.put("sub", token.id());
    answer.put("scope", Scopes.text(token.scopes()));
    answer.put("iat", token.createdAt().getEpochSecond());
    if (token.expiresAt() != null) {
      answer.put("exp", token.expiresAt().getEpochSecond());
    }
    if (token.consent() != null) {
      answer.put("client_id", token.consent().client());
      if (token.consent().resource() != null) {
        answer.put("aud", token.consent().resource());
      }
    }
  }

  private Answer revoke(Call call) {
    String secret = Parameters.ofBody(call).require("token");
    boolean known = tokens.find(secret).isPresent();
    tokens.revokeSecret(secret);
    if (!known) {
      TooOften.countWrong(call);
    }
    return Answers.json(200, Map.of());
  }

  /** Says who the token is, as there is but one user. */
  private Answer userinfo(Call call) {
    Optional<String> secret = bearer(call);
    Optional<Tokens.Token> token = secret.flatMap(tokens::find);
    if (token.isEmpty()) {
      if (secret.isPresent()) {
        TooOften.countWrong(call);
      }
      String metadata = call.base().at("/.well-known/oauth-protected-resource");
      return Answers.error(
          401,
          Map.of(
              "WWW-Authenticate",
              "Bearer error=\"invalid_token\", resource_metadata=\"" + metadata + "\""),
          "invalid_token",
          "A token is needed: Authorization: Bearer ...");
    }
    TooOften.countGood(call, token.get());
    var answer = new LinkedHashMap<String, Object>();
    answer.put("token_use", "access");
    putCommon(answer, token.get());
    return Answers.json(200, answer);
  }

  private static Optional<String> bearer(Call call) {
    String header = call.header("Authorization");
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }
}
