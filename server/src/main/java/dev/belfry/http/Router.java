package dev.belfry.http;

import dev.belfry.http.read.InvalidRequest;
import dev.belfry.http.read.Percent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint for a path. The raw path is split at its slashes and each segment decoded
 * after that, so that {@code %2F} stays within an id. Where a literal and a parameter fit, the
 * literal wins.
 */
final class Router {
  /** What a path leads to. */
  sealed interface Match {
    /**
     * An endpoint.
     *
     * @param route which
     * @param parameters the values of its parameters
     */
    record Found(Route route, Map<String, String> parameters) implements Match {}

    /**
     * A path that has other methods.
     *
     * @param allowed which, for the {@code Allow} header
     */
    record OtherMethod(Set<String> allowed) implements Match {}

    /** Nothing. */
    record Unknown() implements Match {}
  }

  private static final Match UNKNOWN = new Match.Unknown();

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<String, Route> routes = new HashMap<>();
    @Nullable Node parameter;
    String name = "";

    /** The node behind a parameter, which must have the same name on every path through here. */
    Node parameter(String segment) {
      if (parameter == null) {
        parameter = new Node();
        name = segment.substring(1, segment.length() - 1);
      } else if (!segment.equals("{" + name + "}")) {
        throw new IllegalArgumentException(segment + " is called " + name + " elsewhere");
      }
      return parameter;
    }
  }

  private final Node root = new Node();

  Router(List<Route> routes) {
    for (Route route : routes) {
      Node node = root;
      for (String segment : route.path().substring(1).split("/", -1)) {
        node =
            segment.startsWith("{")
                ? node.parameter(segment)
                : node.literals.computeIfAbsent(segment, _ -> new Node());
      }
      if (node.routes.put(route.method(), route) != null) {
        throw new IllegalArgumentException("two routes for " + route.path());
      }
    }
  }

  /**
   * @param rawPath as the client sent it, without the query
   * @throws InvalidRequest if it is not well encoded
   */
  Match match(String method, String rawPath) {
    List<String> segments = split(rawPath);
    var parameters = new HashMap<String, String>(4);
    Node node = find(root, segments, 0, parameters);
    if (node == null) {
      return UNKNOWN;
    }
    Route route = node.routes.get(method.equals("HEAD") ? "GET" : method);
    return route != null
        ? new Match.Found(route, parameters)
        : new Match.OtherMethod(allowed(node));
  }

  private static @Nullable Node find(
      Node node, List<String> segments, int depth, Map<String, String> parameters) {
    if (depth == segments.size()) {
      return node.routes.isEmpty() ? null : node;
    }
    String segment = segments.get(depth);
    Node literal = node.literals.get(segment);
    if (literal != null) {
      Node found = find(literal, segments, depth + 1, parameters);
      if (found != null) {
        return found;
      }
    }
    // No id is empty: /v1/chats/ is not a chat.
    if (node.parameter == null || segment.isEmpty()) {
      return null;
    }
    parameters.put(node.name, segment);
    Node found = find(node.parameter, segments, depth + 1, parameters);
    if (found == null) {
      parameters.remove(node.name);
    }
    return found;
  }

  private static List<String> split(String rawPath) {
    var segments = new ArrayList<String>(8);
    int start = rawPath.startsWith("/") ? 1 : 0;
    while (start <= rawPath.length()) {
      int end = rawPath.indexOf('/', start);
      end = end < 0 ? rawPath.length() : end;
      String segment = Percent.decode(rawPath.substring(start, end), false);
      if (segment == null) {
        throw new InvalidRequest("Malformed percent-encoding in the path", "params");
      }
      segments.add(segment);
      start = end + 1;
    }
    return segments;
  }

  private static Set<String> allowed(Node node) {
    var allowed = new TreeSet<>(node.routes.keySet());
    allowed.add("OPTIONS");
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return allowed;
  }
}
