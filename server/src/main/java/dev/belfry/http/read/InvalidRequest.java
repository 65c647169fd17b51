package dev.belfry.http.read;

import dev.belfry.api.ApiError.Issue;
import java.util.List;

/** A request that is wrong in itself: 400, with everything found wrong with it. */
public final class InvalidRequest extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Issue> issues;

  public InvalidRequest(List<Issue> issues) {
    // Bad input is the client's affair: there is no stack trace to look at.
    super("invalid request", null, false, false);
    this.issues = List.copyOf(issues);
  }

  /** One fault that has no kind of its own. */
  public InvalidRequest(String message, Object... path) {
    this(List.of(new Issue("custom", message, List.of(path))));
  }

  public List<Issue> issues() {
    return issues == null ? List.of() : issues;
  }
}
