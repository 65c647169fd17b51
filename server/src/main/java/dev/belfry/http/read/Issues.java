package dev.belfry.http.read;

import dev.belfry.api.ApiError.Issue;
import java.util.ArrayList;
import java.util.List;

/**
 * The faults found so far in one request, so that a client learns of all of them at once. Messages
 * never hold what the client sent, as that may be a message's text.
 */
final class Issues {
  private final List<Issue> found = new ArrayList<>();

  void wrongType(String expected, String received, List<Object> path) {
    add("invalid_type", "Expected " + expected + ", received " + received, path);
  }

  void missing(List<Object> path) {
    add("invalid_type", "Required", path);
  }

  void malformed(String message, Object... path) {
    add("custom", message, List.of(path));
  }

  /**
   * @param code as Zod names the kinds of faults (contract, Errors)
   */
  void add(String code, String message, List<Object> path) {
    found.add(new Issue(code, message, path));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidRequest(found);
    }
  }
}
