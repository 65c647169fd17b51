package dev.belfry.sdk;

import dev.belfry.api.ApiError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed, after all retries. Either the server {@link Answered} with an error, or its
 * answer could not be read ({@link UnreadableAnswer}), or there was none ({@link ConnectionFault}).
 */
public abstract sealed class BelfryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private BelfryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The class that goes with a status. */
  static Answered answered(int status, @Nullable ApiError error, @Nullable Duration retryAfter) {
    return switch (status) {
      case 400 -> new BadRequest(status, error);
      case 401 -> new Unauthorized(status, error);
      case 403 -> new Forbidden(status, error);
      case 404 -> new NotFound(status, error);
      case 422 -> new UnprocessableEntity(status, error);
      case 429 -> new RateLimited(status, error, retryAfter);
      default ->
          status >= 500 ? new ServerFault(status, error) : new UnexpectedStatus(status, error);
    };
  }

  /** The server answered with an error (contract: README, Errors). */
  public abstract static sealed class Answered extends BelfryException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient @Nullable ApiError error;

    private Answered(int status, @Nullable ApiError error) {
      super(
          error == null ? "HTTP " + status : status + " " + error.code() + ": " + error.message(),
          null);
      this.status = status;
      this.error = error;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The machine code, such as {@code NOT_FOUND}; empty if the body was no error object. */
    public Optional<String> code() {
      return Optional.ofNullable(error).map(ApiError::code);
    }

    /** The text of the server; empty if the body was no error object. */
    public Optional<String> reason() {
      return Optional.ofNullable(error).map(ApiError::message);
    }

    /** The details: any JSON value, as {@code Codec.tree} gives it; empty if there are none. */
    public Optional<Object> details() {
      return Optional.ofNullable(error).map(ApiError::details);
    }

    /** What is wrong with the request, if the details say so. */
    public List<ApiError.Issue> issues() {
      return error == null ? List.of() : error.issues();
    }
  }

  /** 400: the request is malformed or out of range; see {@link #issues}. */
  public static final class BadRequest extends Answered {
    private static final long serialVersionUID = 1L;

    private BadRequest(int status, @Nullable ApiError error) {
      super(status, error);
    }
  }

  /** 401: no token, or one that is unknown, expired or revoked. */
  public static final class Unauthorized extends Answered {
    private static final long serialVersionUID = 1L;

    private Unauthorized(int status, @Nullable ApiError error) {
      super(status, error);
    }
  }

  /** 403: the token may not do this. */
  public static final class Forbidden extends Answered {
    private static final long serialVersionUID = 1L;

    private Forbidden(int status, @Nullable ApiError error) {
      super(status, error);
    }
  }

  /** 404: no such chat, message, account or path. */
  public static final class NotFound extends Answered {
    private static final long serialVersionUID = 1L;

    private NotFound(int status, @Nullable ApiError error) {
      super(status, error);
    }
  }

  /** 422: understood, but it cannot be done here. */
  public static final class UnprocessableEntity extends Answered {
    private static final long serialVersionUID = 1L;

    private UnprocessableEntity(int status, @Nullable ApiError error) {
      super(status, error);
    }
  }

  /** 429: too many requests. */
  public static final class RateLimited extends Answered {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    private RateLimited(int status, @Nullable ApiError error, @Nullable Duration retryAfter) {
      super(status, error);
      this.retryAfter = retryAfter;
    }

    /** How long the server wants to be left alone, if it said so. */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }

  /** 500 and above: the server failed. */
  public static final class ServerFault extends Answered {
    private static final long serialVersionUID = 1L;

    private ServerFault(int status, @Nullable ApiError error) {
      super(status, error);
    }
  }

  /** Any other status that is no success, redirects included: they are not followed. */
  public static final class UnexpectedStatus extends Answered {
    private static final long serialVersionUID = 1L;

    private UnexpectedStatus(int status, @Nullable ApiError error) {
      super(status, error);
    }
  }

  /** No answer: refused, broken off, timed out, or the calling thread was interrupted. */
  public static final class ConnectionFault extends BelfryException {
    private static final long serialVersionUID = 1L;

    ConnectionFault(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** A success whose body is not what the contract says; the cause tells where. */
  public static final class UnreadableAnswer extends BelfryException {
    private static final long serialVersionUID = 1L;

    UnreadableAnswer(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
