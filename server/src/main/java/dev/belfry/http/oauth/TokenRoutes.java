package dev.belfry.http.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import dev.belfry.core.Tokens;
import dev.belfry.core.access.Codes;
import dev.belfry.http.Answer;
import dev.belfry.http.Call;
import dev.belfry.http.Route;
import dev.belfry.model.HubException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** Exchanges a code for a token (contract, auth.md, POST /oauth/token). */
final class TokenRoutes {
  private static final List<String> PARAMETERS =
      List.of("grant_type", "code", "code_verifier", "client_id", "redirect_uri", "resource");

  private final Codes codes;

  TokenRoutes(Codes codes) {
    this.codes = codes;
  }

  List<Route> routes() {
    return List.of(Route.open("POST", "/oauth/token", Answers.forPrograms(this::exchange)));
  }

  private Answer exchange(Call call) {
    Parameters given = Parameters.ofBody(call);
    if (!given.require("grant_type").equals(GrantType.AUTHORIZATION_CODE.getValue())) {
      throw new OAuthFault("unsupported_grant_type", "The grant_type must be authorization_code");
    }
    AuthorizationCodeGrant grant = parse(given);
    var made =
        redeem(
            call,
            new Codes.Exchange(
                grant.getAuthorizationCode().getValue(),
                given.require("code_verifier"),
                given.get("client_id"),
                given.get("redirect_uri"),
                Resources.of(given, call.base())));
    var token = made.token();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("access_token", made.secret());
    answer.put("token_type", "Bearer");
    if (token.expiresAt() != null) {
      answer.put("expires_in", Duration.between(token.createdAt(), token.expiresAt()).toSeconds());
    }
    answer.put("scope", Scopes.text(token.scopes()));
    return Answers.json(200, answer);
  }

  private Tokens.NewToken redeem(Call call, Codes.Exchange exchange) {
    try {
      return codes.redeem(exchange);
    } catch (HubException refusal) {
      if (refusal.code().equals("invalid_grant")) {
        TooOften.countWrong(call);
      }
      throw refusal;
    }
  }

  private static AuthorizationCodeGrant parse(Parameters given) {
    var _ = given.require("code");
    var _ = given.require("code_verifier");
    try {
      if (AuthorizationGrant.parse(given.some(PARAMETERS))
          instanceof AuthorizationCodeGrant grant) {
        return grant;
      }
    } catch (ParseException e) {
      throw OAuthFault.invalidRequest(
          "A code_verifier has 43 to 128 letters, digits, and -._~; a redirect_uri is a URI");
    }
    throw new OAuthFault("unsupported_grant_type", "The grant_type must be authorization_code");
  }
}
