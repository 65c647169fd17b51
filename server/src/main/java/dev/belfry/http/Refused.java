package dev.belfry.http;

/** Ends the handling of a request that HTTP's own rules refuse, before the core has seen it. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  Refused(Problem problem) {
    // Bad input is the client's affair: there is no stack trace to look at.
    super(problem.error().message(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
