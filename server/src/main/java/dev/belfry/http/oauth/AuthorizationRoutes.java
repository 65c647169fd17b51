package dev.belfry.http.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import dev.belfry.core.access.AccessRequest;
import dev.belfry.core.access.Clients;
import dev.belfry.core.access.Consents;
import dev.belfry.core.access.PendingRequest;
import dev.belfry.http.Answer;
import dev.belfry.http.Call;
import dev.belfry.http.Route;
import dev.belfry.model.Client;
import dev.belfry.model.HubException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a program sends its user's browser to ask for access (contract, auth.md, GET
 * /oauth/authorize). To look at the page gives nothing to anybody.
 */
final class AuthorizationRoutes {
  private static final Pattern CLIENT_ID = Pattern.compile("[ -~]{1,200}");

  /** A SHA-256 in base64url. */
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private static final int LONGEST_STATE = 4000;

  /** What counts; anything else is passed over (RFC 6749, 3.1). */
  private static final List<String> PARAMETERS =
      List.of(
          "response_type",
          "response_mode",
          "client_id",
          "redirect_uri",
          "scope",
          "state",
          "code_challenge",
          "code_challenge_method",
          "resource");

  /** Requests in another form than that, which would leave their parameters unread. */
  private static final List<String> OTHER_FORMS = List.of("request", "request_uri");

  private final Clients clients;
  private final Consents consents;

  AuthorizationRoutes(Clients clients, Consents consents) {
    this.clients = clients;
    this.consents = consents;
  }

  List<Route> routes() {
    return List.of(Route.open("GET", "/oauth/authorize", Pages.forPeople(this::authorize)));
  }

  private Answer authorize(Call call) {
    requirePerson(call);
    Parameters asked = Parameters.ofQuery(call);
    // As long as these two are in doubt, nobody may be sent anywhere.
    Client client = client(clients, asked.require("client_id"));
    String redirect = redirect(client, asked.require("redirect_uri"));
    try {
      PendingRequest pending = consents.ask(request(asked, call, client, redirect));
      return Pages.consent(pending);
    } catch (OAuthFault fault) {
      return Html.redirect(
          Redirects.refused(redirect, fault.error(), state(asked), call.base().at("")));
    }
  }

  /**
   * Browsers say what for they ask. A page elsewhere could fill all places with images that lead
   * here, or have its reader's browser look ahead; a person has a window in front of them. Who is
   * no browser says nothing.
   */
  private static void requirePerson(Call call) {
    String destination = call.header("Sec-Fetch-Dest");
    String purpose = call.header("Sec-Purpose");
    if ((destination != null && !destination.equals("document"))
        || (purpose != null && purpose.startsWith("prefetch"))) {
      throw new HubException(
          HubException.Reason.FORBIDDEN,
          "This address is for a browser's window, not for a part of another page");
    }
  }

  /** Null for a client that never registered, which is no reason to refuse it. */
  static @Nullable Client client(Clients clients, String id) {
    if (!CLIENT_ID.matcher(id).matches()) {
      throw OAuthFault.invalidRequest("The client_id is not one");
    }
    return clients.find(id).orElse(null);
  }

  /**
   * The address, if an answer may be sent there.
   *
   * @throws OAuthFault if not
   */
  static String redirect(@Nullable Client client, String redirectUri) {
    if (!Clients.mayBeSentTo(client, redirectUri)) {
      throw OAuthFault.invalidRequest(
          "Invalid redirect_uri: it is not one that the program registered, or does not lead to a"
              + " program on this machine");
    }
    return redirectUri;
  }

  private static @Nullable String state(Parameters asked) {
    String state = asked.get("state");
    return state == null || state.length() > LONGEST_STATE ? null : state;
  }

  private static AccessRequest request(
      Parameters asked, Call call, @Nullable Client client, String redirect) {
    if (!asked.some(OTHER_FORMS).isEmpty()) {
      throw new OAuthFault("request_not_supported", "Requests must be made by plain parameters");
    }
    AuthorizationRequest request = parse(asked.some(PARAMETERS));
    if (!new ResponseType(ResponseType.Value.CODE).equals(request.getResponseType())) {
      throw new OAuthFault("unsupported_response_type", "The response_type must be code");
    }
    if (request.getResponseMode() != null
        && !request.getResponseMode().equals(ResponseMode.QUERY)) {
      throw OAuthFault.invalidRequest("The response_mode must be query");
    }
    if (asked.get("state") != null && state(asked) == null) {
      throw OAuthFault.invalidRequest("The state is too long");
    }
    return new AccessRequest(
        request.getClientID().getValue(),
        client == null ? null : client.name(),
        redirect,
        Scopes.asked(asked.get("scope")),
        state(asked),
        challenge(
            asked.get("code_challenge"),
            request.getCodeChallengeMethod() == null
                ? null
                : request.getCodeChallengeMethod().getValue()),
        Resources.of(asked, call.base()));
  }

  private static AuthorizationRequest parse(Map<String, List<String>> parameters) {
    // Who leaves it out means S256 (contract), which is not what the library takes it for.
    parameters.putIfAbsent("code_challenge_method", List.of(CodeChallengeMethod.S256.getValue()));
    try {
      return AuthorizationRequest.parse(parameters);
    } catch (ParseException e) {
      var error = e.getErrorObject();
      throw new OAuthFault(
          error == null || error.getCode() == null ? "invalid_request" : error.getCode(),
          String.valueOf(e.getMessage()));
    }
  }

  /**
   * The challenge of PKCE, which nobody goes without; {@code plain} would protect from nothing.
   *
   * @throws OAuthFault if it is none
   */
  static String challenge(@Nullable String challenge, @Nullable String method) {
    if (method != null && !method.equals(CodeChallengeMethod.S256.getValue())) {
      throw OAuthFault.invalidRequest("The code_challenge_method must be S256");
    }
    if (challenge == null || !CHALLENGE.matcher(challenge).matches()) {
      throw OAuthFault.invalidRequest(
          "A code_challenge is needed (PKCE): 43 characters, the SHA-256 of the verifier in base64url");
    }
    return challenge;
  }
}
