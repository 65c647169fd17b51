package dev.belfry.homeserver;

/** The homeserver said no. */
public final class MatrixRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;
  private final String code;

  MatrixRefusal(String request, int status, Json body) {
    super(request + ": " + status + " " + body);
    this.status = status;
    this.code = body.at("errcode").maybeText().orElse("");
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The Matrix error code, such as {@code M_FORBIDDEN}; empty when there was none. */
  public String code() {
    return code;
  }
}
