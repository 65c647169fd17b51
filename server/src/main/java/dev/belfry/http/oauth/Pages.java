package dev.belfry.http.oauth;

import static dev.belfry.http.oauth.Html.escape;

import dev.belfry.core.access.AccessRequest;
import dev.belfry.core.access.Consents;
import dev.belfry.core.access.PendingRequest;
import dev.belfry.http.Answer;
import dev.belfry.http.Route;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import java.util.Map;

/** The pages that a person sees on the way to a decision. */
final class Pages {
  /** How often a page looks whether a decision has been made, in seconds. */
  private static final String REFRESH = "2";

  private Pages() {}

  /** Where the page of a request is. */
  static String address(PendingRequest asked) {
    return "/oauth/consent/" + asked.id();
  }

  /** Shows what is asked for, and the code to approve it with; looks again by itself. */
  static Answer consent(PendingRequest asked) {
    return Html.page(
        200,
        Map.of("Refresh", REFRESH + "; url=" + address(asked)),
        "A program asks for access to your chats",
        """
        %s
        <p><strong>If you did not just start this yourself, decline.</strong></p>
        <p>To allow it, type this on the machine that Belfry runs on:</p>
        <pre id="command">belfry approve <b id="code">%s</b></pre>
        <p>This page goes on by itself then. Or <a id="sign-in" href="%s/sign-in">allow it here, with a
        token</a>.</p>
        %s\
        """
            .formatted(
                details(asked.request()),
                escape(asked.code()),
                address(asked),
                decide(asked, asked.formKey(), "decline", "Decline")));
  }

  /** The same for a browser that has shown a token. */
  static Answer signedIn(PendingRequest asked, Consents.SignIn signIn) {
    return Html.page(
        200,
        "A program asks for access to your chats",
        """
        %s
        <p><strong>If you did not just start this yourself, decline.</strong></p>
        %s
        %s\
        """
            .formatted(
                details(asked.request()),
                decide(asked, signIn.formKey(), "approve", "Allow"),
                decide(asked, asked.formKey(), "decline", "Decline")));
  }

  private static String details(AccessRequest request) {
    String name = request.clientName();
    String redirect = request.redirectUri();
    return """
    <dl>
    <dt>Program</dt><dd id="client">%s</dd>
    <dt>It wants to</dt><dd id="scopes">%s</dd>
    <dt>The answer goes to</dt><dd id="target">%s</dd>
    </dl>\
    """
        .formatted(
            name == null
                ? "<strong>unknown client</strong>, which calls itself <code>"
                    + escape(request.clientId())
                    + "</code>"
                : "<strong>" + escape(name) + "</strong> (nobody has verified that name)",
            request.scopes().contains(Grant.Scope.WRITE)
                ? "<strong>read and write</strong>: see all your chats, messages, people and files, and send,"
                    + " change and delete in your name"
                : "<strong>read</strong>: see all your chats, messages, people and files",
            redirect == null
                ? "the program itself, on this machine"
                : "<code>" + escape(redirect) + "</code>");
  }

  private static String decide(
      PendingRequest asked, String formKey, String decision, String label) {
    return """
    <form method="post" action="%s/decision"><input type="hidden" name="form_key" value="%s"><button id="%s" name="decision" value="%s">%s</button></form>\
    """
        .formatted(address(asked), escape(formKey), decision, decision, label);
  }

  /** Asks for a token. */
  static Answer signIn(int status, PendingRequest asked, String fault) {
    return Html.page(
        status,
        "Allow access with a token",
        """
        %s
        <p>Show that this installation is yours, with a token that <code>belfry token create --name NAME</code>
        has made. It is only looked at, and not kept.</p>
        <form method="post" action="%s/sign-in" autocomplete="off">
        <input type="hidden" name="form_key" value="%s">
        <input type="password" name="token" id="token" required autocomplete="off" aria-label="Token" size="50">
        <button id="continue">Continue</button></form>
        <p><a href="%s">Back</a></p>\
        """
            .formatted(
                fault.isEmpty() ? "" : "<p id=\"fault\"><strong>" + escape(fault) + "</strong></p>",
                address(asked),
                escape(asked.formKey()),
                address(asked)));
  }

  /**
   * Says that the decision is made, and goes on to where the program waits. A page lies between, as
   * the forms of ours may lead to nowhere but to us.
   */
  static Answer decided(PendingRequest asked, boolean approved) {
    return Html.page(
        200,
        Map.of("Refresh", "0; url=" + address(asked)),
        approved ? "Allowed" : "Declined",
        "<p><a href=\"" + address(asked) + "\">Back to the program</a></p>");
  }

  /** The program waits by itself, or has had its answer. */
  static Answer over(boolean approved) {
    return Html.page(
        200,
        approved ? "Allowed" : "Declined",
        "<p>You can close this page and go back to the program.</p>");
  }

  static Answer gone() {
    return Html.page(
        404,
        "This request is over",
        "<p>It was decided, nobody did in time, or Belfry was started again since."
            + " Start again from the program.</p>");
  }

  static Answer refused(int status, String why) {
    return refused(status, Map.of(), why);
  }

  private static Answer refused(int status, Map<String, String> headers, String why) {
    return Html.page(
        status,
        headers,
        "This does not work",
        "<p id=\"fault\">" + escape(why) + ".</p><p>Nothing was allowed.</p>");
  }

  /** Turns what an endpoint refuses into a page. */
  static Route.Handler forPeople(Route.Handler handler) {
    return call -> {
      try {
        return handler.handle(call);
      } catch (OAuthFault fault) {
        return refused(400, fault.description());
      } catch (TooOften early) {
        return refused(429, early.headers(), early.message());
      } catch (HubException refusal) {
        return switch (refusal.reason()) {
          case NOT_FOUND -> gone();
          case FORBIDDEN, UNAUTHORIZED -> refused(403, String.valueOf(refusal.getMessage()));
          case INVALID -> refused(429, Answers.RETRY_LATER, String.valueOf(refusal.getMessage()));
          case UNPROCESSABLE, TOO_LARGE -> refused(400, String.valueOf(refusal.getMessage()));
          case STORAGE -> throw refusal;
        };
      }
    };
  }
}
