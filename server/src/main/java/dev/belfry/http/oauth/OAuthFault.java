package dev.belfry.http.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;

/** A request that OAuth's own rules refuse, in OAuth's words (RFC 6749, 4.1.2.1 and 5.2). */
final class OAuthFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * Notes a fault.
   *
   * @param code such as {@code invalid_request}
   * @param description for people who write clients
   */
  OAuthFault(String code, String description) {
    super(description, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }

  String description() {
    return String.valueOf(getMessage());
  }

  ErrorObject error() {
    return new ErrorObject(code, ErrorObject.removeIllegalChars(description()));
  }

  static OAuthFault invalidRequest(String description) {
    return new OAuthFault("invalid_request", description);
  }
}
