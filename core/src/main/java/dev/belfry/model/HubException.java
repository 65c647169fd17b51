package dev.belfry.model;

import java.util.List;

/**
 * A request that was understood and will not be carried out. The edges turn it into their own form
 * of error.
 */
public final class HubException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** The request itself is wrong: 400. */
    INVALID,
    /** 401. */
    UNAUTHORIZED,
    /** 403. */
    FORBIDDEN,
    /** 404; the message then says "not found". */
    NOT_FOUND,
    /** Well-formed, but it cannot be done: 422. */
    UNPROCESSABLE,
    /** 413. */
    TOO_LARGE,
    /** The store cannot be written, such as with a full disk: 500, and no client repeats it. */
    STORAGE
  }

  private final Reason reason;
  private final String code;
  private final transient List<Object> path;

  public HubException(Reason reason, String message) {
    this(reason, "", message, List.of());
  }

  /**
   * A refusal at a named place.
   *
   * @param code a finer machine's word than the reason's own; empty for none
   * @param path where the fault lies, such as {@code ["body", "messageID"]}; empty if nowhere
   */
  public HubException(Reason reason, String code, String message, List<Object> path) {
    super(message);
    this.reason = reason;
    this.code = code;
    this.path = List.copyOf(path);
  }

  /** "No such ... was found", said the one way that clients look for. */
  public static HubException notFound(String what) {
    return new HubException(Reason.NOT_FOUND, what + " not found");
  }

  /** A wrong value at a named place. */
  public static HubException invalid(String message, Object... path) {
    return new HubException(Reason.INVALID, "custom", message, List.of(path));
  }

  /** A refusal of something well-formed. */
  public static HubException unprocessable(String code, String message) {
    return new HubException(Reason.UNPROCESSABLE, code, message, List.of());
  }

  public Reason reason() {
    return reason;
  }

  public String code() {
    return code;
  }

  public List<Object> path() {
    return path == null ? List.of() : path;
  }
}
