package dev.belfry.http.spec;

import static dev.belfry.http.spec.Tree.list;
import static dev.belfry.http.spec.Tree.object;
import static dev.belfry.http.spec.Tree.reference;
import static dev.belfry.http.spec.Tree.text;
import static dev.belfry.http.spec.Tree.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The OpenAPI 3.1 document of the server. What an endpoint is called, takes and answers is written
 * down in the files beside this class, one a feature, in a short form; the endpoints themselves
 * tell the rest: paths, their parameters, the scope, and the failures that come with these.
 *
 * <p>The short form of an operation has, beside what OpenAPI knows: {@code query}, parameters by
 * name or in full; {@code headers} likewise; {@code body}, the name of a schema or a request body
 * in full; {@code answer}, the name of a schema or one in full, where 204 is answered without;
 * {@code responses} in place of that; {@code errors}, words for statuses of failures; {@code
 * security}, {@code "sometimes"} where a token is not always needed, {@code "any"} where its scope
 * does not matter, {@code "read"} where the endpoint itself asks for one; {@code refusals}, {@code
 * "program"} or {@code "page"} where failures have not the usual form; {@code also}, what may stand
 * behind the path and changes nothing.
 */
public final class SpecDocument {
  /** A file each, beside this class. */
  private static final List<String> FEATURES =
      List.of("server", "oauth", "accounts", "chats", "messages", "search", "assets", "events");

  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private final Map<String, Object> document = Tree.file("openapi.json");
  private final Map<String, Map<String, Object>> described = new LinkedHashMap<>();

  private SpecDocument() {
    var tags = new ArrayList<>();
    for (String name : FEATURES) {
      Map<String, Object> feature = Tree.file(name + ".json");
      String tag = text(feature.get("tag"));
      tags.add(ordered("name", tag, "description", text(feature.get("about"))));
      object(feature.get("paths"))
          .forEach((path, methods) ->
              object(methods)
                  .forEach((method, operation) -> describe(tag, method, path, operation)));
      within(within(document, "components"), "schemas").putAll(object(feature.get("schemas")));
    }
    document.put("tags", tags);
  }

  private void describe(String tag, String method, String path, Object operation) {
    object(operation).put("tags", List.of(tag));
    described.put(method + " " + path, object(operation));
    for (Object behind : list(object(operation).get("also"))) {
      var same = new LinkedHashMap<>(object(operation));
      String id = same.get("operationId") + text(behind).replaceAll("[^A-Za-z0-9]", "_");
      same.put("operationId", id);
      same.put("description", "As `" + path + "`, for clients that ask by what they want to use.");
      described.put(method + " " + path + behind, same);
    }
  }

  /**
   * Describes some endpoints, and only those.
   *
   * @throws IllegalStateException if there are no words for one of them
   */
  public static Map<String, Object> of(List<Endpoint> endpoints) {
    var spec = new SpecDocument();
    var paths = within(spec.document, "paths");
    for (Endpoint endpoint : endpoints) {
      String method = endpoint.method().toLowerCase(Locale.ROOT);
      Map<String, Object> words = spec.described.get(method + " " + endpoint.path());
      if (words == null) {
        throw new IllegalStateException("no words for " + method + " " + endpoint.path());
      }
      within(paths, endpoint.path()).put(method, operation(endpoint, words));
    }
    // What reads better at the end.
    Object components = spec.document.remove("components");
    spec.document.put("components", components);
    return spec.document;
  }

  /** What there are words for, as {@code get /v1/info}. */
  public static List<String> described() {
    return List.copyOf(new SpecDocument().described.keySet());
  }

  private static Map<String, Object> operation(Endpoint endpoint, Map<String, Object> words) {
    var operation = new LinkedHashMap<String, Object>();
    for (String key : List.of("tags", "operationId", "summary", "description", "deprecated")) {
      if (words.containsKey(key)) {
        operation.put(key, words.get(key));
      }
    }
    operation.put("security", security(endpoint, words));
    List<Object> parameters = parameters(endpoint, words);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (words.containsKey("body")) {
      operation.put("requestBody", body(words.get("body")));
    }
    operation.put("responses", responses(endpoint, words));
    return operation;
  }

  private static List<Object> security(Endpoint endpoint, Map<String, Object> words) {
    String scope = endpoint.scope();
    if (scope != null) {
      return List.of(Map.of("token", List.of(scope)));
    }
    return switch (text(words.get("security"))) {
      case "sometimes" -> List.of(Map.of(), Map.of("token", List.of("read")));
      case "read" -> List.of(Map.of("token", List.of("read")));
      case "any" -> List.of(Map.of("token", List.of()));
      default -> List.of();
    };
  }

  private static List<Object> parameters(Endpoint endpoint, Map<String, Object> words) {
    var parameters = new ArrayList<>();
    PARAMETER
        .matcher(endpoint.path())
        .results()
        .map((MatchResult found) -> reference("parameters", found.group(1)))
        .forEach(parameters::add);
    list(words.get("query")).forEach(p -> parameters.add(parameter(p, "query")));
    list(words.get("headers")).forEach(p -> parameters.add(parameter(p, "header")));
    if (takesKey(endpoint)) {
      parameters.add(reference("parameters", "idempotencyKey"));
    }
    return parameters;
  }

  /** An idempotency key, which is taken before the endpoint is asked. */
  private static boolean takesKey(Endpoint endpoint) {
    return endpoint.scope() != null && !endpoint.method().equals("GET");
  }

  private static Object parameter(Object words, String place) {
    if (words instanceof String name) {
      return reference("parameters", name);
    }
    var parameter = ordered("name", text(object(words).get("name")), "in", place);
    parameter.putAll(object(words));
    return parameter;
  }

  private static Map<String, Object> body(Object words) {
    return words instanceof String schema
        ? ordered("content", json(reference("schemas", schema)))
        : object(words);
  }

  private static Map<String, Object> json(Object schema) {
    return ordered("application/json", ordered("schema", schema));
  }

  private static Map<String, Object> responses(Endpoint endpoint, Map<String, Object> words) {
    var responses = new LinkedHashMap<String, Object>();
    Object answer = words.get("answer");
    if (words.containsKey("responses")) {
      responses.putAll(object(words.get("responses")));
    } else if (answer == null) {
      responses.put("204", ordered("description", "Done"));
    } else {
      Object schema = answer instanceof String name ? reference("schemas", name) : answer;
      responses.put("200", ordered("description", "Done", "content", json(schema)));
    }
    failures(endpoint, words).forEach(responses::put);
    return responses;
  }

  private static Map<String, Object> failures(Endpoint endpoint, Map<String, Object> words) {
    Map<String, Object> special = object(words.get("errors"));
    String form = text(words.get("refusals"));
    var failures = new LinkedHashMap<String, Object>();
    boolean takesInput = words.containsKey("body") || words.containsKey("query");
    // A path of pages leads somewhere or nowhere, whatever stands in it.
    if (takesInput || (form.isEmpty() && endpoint.path().contains("{"))) {
      failures.put("400", reference("responses", form + "400"));
    }
    if (endpoint.scope() != null) {
      failures.put("401", reference("responses", "401"));
    }
    failures.put("403", reference("responses", form + "403"));
    if (endpoint.path().contains("{")) {
      failures.put("404", reference("responses", form + "404"));
    }
    if (takesKey(endpoint)) {
      failures.put("422", reference("responses", "422"));
    }
    special.forEach((status, why) ->
        failures.put(
            status,
            ordered("$ref", "#/components/responses/" + form + status, "description", why)));
    failures.put("default", reference("responses", "default"));
    return failures;
  }

  private static Map<String, Object> ordered(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(text(pairs[i]), pairs[i + 1]);
    }
    return map;
  }
}
