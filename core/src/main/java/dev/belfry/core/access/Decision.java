package dev.belfry.core.access;

/** How far a person has come with a client's request. */
public sealed interface Decision {
  record Waiting() implements Decision {}

  /**
   * Allowed.
   *
   * @param code what the client gets its token for, once
   */
  record Approved(String code) implements Decision {}

  record Declined() implements Decision {}

  /** Allowed, and the client has had its code, or did not fetch its token in time. */
  record Finished() implements Decision {}
}
