package dev.belfry.http.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import dev.belfry.core.access.Consents;
import dev.belfry.core.access.Decision;
import dev.belfry.core.access.PendingRequest;
import dev.belfry.http.Answer;
import dev.belfry.http.BaseUrl;
import dev.belfry.http.Call;
import dev.belfry.http.Route;
import dev.belfry.model.HubException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The page of a request, from its first look to its decision. Its address is a secret between us
 * and the browser that asked.
 */
final class ConsentRoutes {
  private static final String COOKIE = "belfry_consent";
  private static final String REQUEST = "/oauth/consent/{request}";

  /** What {@link Consents#signIn} says of a token that is none. */
  private static final Set<String> WRONG_TOKEN = Set.of("unknown_token", "too_many_tries");

  private final Consents consents;

  ConsentRoutes(Consents consents) {
    this.consents = consents;
  }

  List<Route> routes() {
    return List.of(
        Route.open("GET", REQUEST, Pages.forPeople(this::look)),
        Route.open("GET", REQUEST + "/sign-in", Pages.forPeople(this::signInForm)),
        Route.open("POST", REQUEST + "/sign-in", Pages.forPeople(this::signIn)),
        Route.open("POST", REQUEST + "/decision", Pages.forPeople(this::decide)));
  }

  private Answer look(Call call) {
    PendingRequest asked = find(call);
    String redirect = asked.request().redirectUri();
    return switch (asked.decision()) {
      case Decision.Waiting _ ->
          cookie(call)
              .flatMap(cookie -> consents.signedIn(asked.id(), cookie))
              .map(signIn -> Pages.signedIn(asked, signIn))
              .orElseGet(() -> Pages.consent(asked));
      case Decision.Approved approved ->
          redirect == null
              ? Pages.over(true)
              : Html.redirect(
                  Redirects.approved(
                      redirect, approved.code(), asked.request().state(), call.base().at("")));
      case Decision.Declined _ ->
          redirect == null
              ? Pages.over(false)
              : Html.redirect(
                  Redirects.refused(
                      redirect,
                      OAuth2Error.ACCESS_DENIED,
                      asked.request().state(),
                      call.base().at("")));
      case Decision.Finished _ -> Pages.over(true);
    };
  }

  private PendingRequest find(Call call) {
    return consents
        .find(call.path("request"))
        .orElseThrow(() -> HubException.notFound("The request"));
  }

  private Answer signInForm(Call call) {
    return Pages.signIn(200, find(call), "");
  }

  private Answer signIn(Call call) {
    requireOwnPage(call);
    PendingRequest asked = find(call);
    Parameters form = Parameters.ofBody(call);
    String token = form.get("token");
    try {
      var signIn =
          consents.signIn(asked.id(), form.require("form_key"), token == null ? "" : token.strip());
      return new Answer.Whole(
          303,
          Map.of(
              "Location",
              Pages.address(asked),
              "Set-Cookie",
              // Within the path of this one request: programs on other ports of this machine get
              // the cookies of its name too, and must not get this one.
              "%s=%s; Path=%s; HttpOnly; SameSite=Strict%s"
                  .formatted(
                      COOKIE,
                      signIn.cookie(),
                      Pages.address(asked),
                      call.base().at("").startsWith("https:") ? "; Secure" : "")),
          "");
    } catch (HubException refusal) {
      if (WRONG_TOKEN.contains(refusal.code())) {
        TooOften.countWrong(call);
      }
      if (refusal.reason() == HubException.Reason.NOT_FOUND
          || refusal.code().equals("too_many_tries")) {
        throw refusal;
      }
      return Pages.signIn(403, asked, String.valueOf(refusal.getMessage()));
    }
  }

  private Answer decide(Call call) {
    requireOwnPage(call);
    PendingRequest asked = find(call);
    Parameters form = Parameters.ofBody(call);
    String formKey = form.require("form_key");
    switch (form.require("decision")) {
      case "approve" -> consents.approve(asked.id(), cookie(call).orElse(""), formKey);
      case "decline" -> consents.decline(asked.id(), formKey);
      default -> throw OAuthFault.invalidRequest("The decision must be approve or decline");
    }
    return Pages.decided(asked, form.require("decision").equals("approve"));
  }

  /** Browsers say which page a form comes from; it must be one of ours, port included. */
  private static void requireOwnPage(Call call) {
    BaseUrl base = call.base();
    String origin = call.header("Origin");
    String site = call.header("Sec-Fetch-Site");
    if ((origin != null && !origin.equalsIgnoreCase(base.at("")))
        || (site != null && !site.equals("same-origin"))) {
      throw new HubException(
          HubException.Reason.FORBIDDEN, "This form does not come from a page of this server");
    }
  }

  private static Optional<String> cookie(Call call) {
    String header = call.header("Cookie");
    for (String each : header == null ? new String[0] : header.split(";")) {
      String pair = each.strip();
      if (pair.startsWith(COOKIE + "=")) {
        return Optional.of(pair.substring(COOKIE.length() + 1));
      }
    }
    return Optional.empty();
  }
}
