package dev.belfry.http.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that bring an answer to a program, with the name of this server in it, so that who
 * deals with several knows whose answer it is (RFC 9207).
 */
final class Redirects {
  private Redirects() {}

  static String approved(String redirectUri, String code, @Nullable String state, String issuer) {
    return new AuthorizationSuccessResponse(
            URI.create(redirectUri),
            new AuthorizationCode(code),
            null,
            state(state),
            new Issuer(issuer),
            ResponseMode.QUERY)
        .toURI()
        .toString();
  }

  static String refused(
      String redirectUri, ErrorObject error, @Nullable String state, String issuer) {
    return new AuthorizationErrorResponse(
            URI.create(redirectUri), error, state(state), new Issuer(issuer), ResponseMode.QUERY)
        .toURI()
        .toString();
  }

  private static @Nullable State state(@Nullable String state) {
    return state == null ? null : new State(state);
  }
}
