package dev.belfry.http.oauth;

import dev.belfry.core.access.AccessRequest;
import dev.belfry.core.access.Clients;
import dev.belfry.core.access.Consents;
import dev.belfry.core.access.Decision;
import dev.belfry.http.Answer;
import dev.belfry.http.Call;
import dev.belfry.http.Route;
import dev.belfry.model.Client;
import dev.belfry.model.HubException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Asks for access without a browser, and waits until a person has decided at the command line
 * (contract, auth.md, POST /oauth/authorize/callback). Only for programs on this machine.
 */
final class CallbackRoutes {
  /** Clients wait five minutes for an answer's first byte. */
  private static final Duration LONGEST = Duration.ofSeconds(270);

  private final Clients clients;
  private final Consents consents;
  private final Duration longest;

  CallbackRoutes(Clients clients, Consents consents) {
    this(clients, consents, LONGEST);
  }

  CallbackRoutes(Clients clients, Consents consents, Duration longest) {
    this.clients = clients;
    this.consents = consents;
    this.longest = longest;
  }

  List<Route> routes() {
    return List.of(Route.open("POST", "/oauth/authorize/callback", Answers.forPrograms(this::ask)));
  }

  private Answer ask(Call call) {
    requireThisMachine(call);
    AccessRequest request = request(Members.ofBody(call), call);
    var asked = consents.ask(request);
    Decision decision;
    try {
      decision = consents.await(asked.id(), longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      decision = new Decision.Declined();
    }
    var answer = new LinkedHashMap<String, String>();
    switch (decision) {
      case Decision.Approved approved -> answer.put("code", approved.code());
      case Decision.Waiting _, Decision.Declined _, Decision.Finished _ ->
          answer.put("error", "access_denied");
    }
    if (request.state() != null) {
      answer.put("state", request.state());
    }
    return Answers.json(200, answer);
  }

  /** A proxy is on this machine, but whoever it speaks for is not. */
  private static void requireThisMachine(Call call) {
    if (!call.isFromThisMachine()
        || call.header("Forwarded") != null
        || call.header("X-Forwarded-For") != null) {
      throw new HubException(
          HubException.Reason.FORBIDDEN, "Only programs on the server's own machine may ask here");
    }
  }

  private AccessRequest request(Members body, Call call) {
    String id = body.object("clientInfo").someText("clientID");
    if (id == null) {
      throw OAuthFault.invalidRequest("clientInfo.clientID is missing");
    }
    Client client = AuthorizationRoutes.client(clients, id);
    String redirect = body.someText("redirectUri");
    String resource = body.someText("resource");
    List<String> scopes = body.texts("scopes");
    String scope = body.someText("scope");
    return new AccessRequest(
        id,
        client == null ? null : client.name(),
        redirect == null ? null : AuthorizationRoutes.redirect(client, redirect),
        Scopes.asked(scopes == null ? scope : String.join(" ", scopes)),
        body.someText("state"),
        AuthorizationRoutes.challenge(
            body.someText("codeChallenge"), body.someText("codeChallengeMethod")),
        resource == null ? null : Resources.check(resource, call.base()));
  }
}
