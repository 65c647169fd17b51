package dev.belfry.api;

import dev.belfry.api.check.Check;
import io.avaje.jsonb.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of every answer that is not a success (contract: README, Errors).
 *
 * @param message readable text
 * @param code machine code, such as {@code NOT_FOUND}
 * @param details {@link Details} when made here; as read, any JSON value, see {@link #issues()}
 */
@Json
public record ApiError(String message, String code, @Nullable Object details) {
  /** Checks what is required. */
  public ApiError {
    Check.required(message, "message");
    Check.required(code, "code");
  }

  /** An error without details. */
  public static ApiError of(String code, String message) {
    return new ApiError(message, code, null);
  }

  /** A refused request, with what is wrong with it. */
  public static ApiError invalid(String message, List<Issue> issues) {
    return new ApiError(message, "VALIDATION_ERROR", new Details(issues));
  }

  /** What is wrong with the request, as far as the details have the form of a validation error. */
  public List<Issue> issues() {
    if (details instanceof Details known) return known.issues();
    List<Issue> found = new ArrayList<>();
    if (details instanceof Map<?, ?> tree && tree.get("issues") instanceof List<?> issues) {
      for (Object issue : issues) {
        if (issue instanceof Map<?, ?> parts
            && parts.get("code") instanceof String code
            && parts.get("message") instanceof String message
            && parts.get("path") instanceof List<?> path) {
          found.add(new Issue(code, message, List.copyOf(path)));
        }
      }
    }
    return List.copyOf(found);
  }

  /**
   * Details of a refused request.
   *
   * @param issues everything that is wrong
   */
  @Json
  public record Details(List<Issue> issues) {
    /** Checks what is required and copies what could change. */
    public Details {
      issues = Check.list(issues, "issues");
    }
  }

  /**
   * One thing that is wrong with a request.
   *
   * @param code kind of fault, in the words of Zod, such as {@code invalid_type}
   * @param message readable text
   * @param path where: strings and numbers; the first is {@code body}, {@code query} or {@code
   *     params}
   */
  @Json
  public record Issue(String code, String message, List<Object> path) {
    /** Checks what is required and copies what could change. */
    public Issue {
      Check.required(code, "code");
      Check.required(message, "message");
      path = Check.list(path, "path");
    }
  }
}
