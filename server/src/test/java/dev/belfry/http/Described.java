package dev.belfry.http;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.belfry.api.codec.Codec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /v1/spec} says, for comparison with what the server does. Answers are looked at
 * strictly: a key that is not described is a fault.
 */
final class Described {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /**
   * A parameter.
   *
   * @param place query, header or path
   */
  record Parameter(String name, String place, boolean required, Map<String, Object> schema) {}

  /**
   * One endpoint.
   *
   * @param body the schema of a JSON body; empty where it takes none
   * @param responses by status, resolved
   */
  record Operation(
      String method,
      String path,
      Map<String, Object> words,
      List<Parameter> parameters,
      Map<String, Object> body,
      Map<String, Map<String, Object>> responses) {
    boolean isPublic() {
      return !list(words.get("security")).contains(Map.of("token", List.of("read")))
          && !isWriting();
    }

    boolean isWriting() {
      return list(words.get("security")).contains(Map.of("token", List.of("write")));
    }

    /** Whether it takes its body as a form, too. */
    boolean isForm() {
      return object(object(words.get("requestBody")).get("content"))
          .containsKey("application/x-www-form-urlencoded");
    }

    boolean isOfSignIn() {
      return list(words.get("tags")).contains("Sign-in");
    }

    /** The path with its parameters filled in, each with one value. */
    String filled(Map<String, String> values) {
      String result = path;
      for (var value : values.entrySet()) {
        result = result.replace("{" + value.getKey() + "}", value.getValue());
      }
      return result;
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  final Map<String, Object> document;
  final List<Operation> operations = new ArrayList<>();
  private final Map<String, Object> closed = new LinkedHashMap<>();
  private final Map<String, Schema> validators = new LinkedHashMap<>();

  Described(byte[] json) {
    document = object(Codec.tree(json));
    object(document.get("paths"))
        .forEach((path, methods) ->
            object(methods)
                .forEach((method, words) -> operations.add(operation(method, path, words))));
    schemas().forEach((name, schema) -> closed.put(name, close(object(schema))));
  }

  /** Without those of the sign-in, which have other forms. */
  List<Operation> operationsOfApi() {
    return operations.stream().filter(operation -> !operation.isOfSignIn()).toList();
  }

  Map<String, Object> schemas() {
    return object(object(document.get("components")).get("schemas"));
  }

  private Operation operation(String method, String path, Object value) {
    var words = object(value);
    var parameters =
        list(words.get("parameters")).stream()
            .map(this::resolved)
            .map(p ->
                new Parameter(
                    String.valueOf(p.get("name")),
                    String.valueOf(p.get("in")),
                    Boolean.TRUE.equals(p.get("required")),
                    object(p.get("schema"))))
            .toList();
    var responses = new LinkedHashMap<String, Map<String, Object>>();
    object(words.get("responses")).forEach((status, r) -> responses.put(status, resolved(r)));
    return new Operation(
        method.toUpperCase(Locale.ROOT),
        path,
        words,
        parameters,
        resolved(schemaOf(words.get("requestBody"))),
        responses);
  }

  /** The schema of some JSON content; empty where there is none. */
  static Map<String, Object> schemaOf(@Nullable Object described) {
    var content = object(object(described).get("content"));
    return object(object(content.get("application/json")).get("schema"));
  }

  /**
   * The operation that a request leads to; the one with the fewest parameters where several fit.
   */
  Optional<Operation> find(String method, String target) {
    var segments = List.of(target.replaceAll("[?].*", "").split("/", -1));
    return operations.stream()
        .filter(o -> o.method().equals(method) && fits(List.of(o.path().split("/", -1)), segments))
        .min(Comparator.comparingLong(o -> o.path().chars().filter(c -> c == '{').count()));
  }

  private static boolean fits(List<String> template, List<String> segments) {
    if (template.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      boolean any = template.get(i).startsWith("{") && !segments.get(i).isEmpty();
      if (!any && !template.get(i).equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** What differs between an answer and its description, a line each. */
  List<String> faults(Operation operation, int status, String type, byte[] body) {
    var response =
        operation
            .responses()
            .getOrDefault(
                Integer.toString(status), operation.responses().getOrDefault("default", Map.of()));
    var content = object(response.get("content"));
    if (content.isEmpty()) {
      return body.length == 0 ? List.of() : List.of("a body where none is described");
    }
    String plain = type.replaceAll(";.*", "").strip();
    if (content.containsKey("*/*") && status < 300) {
      return List.of();
    }
    if (!content.containsKey(plain)) {
      return List.of("the type " + plain + " where there are described " + content.keySet());
    }
    return plain.equals("application/json")
        ? faults(object(object(content.get(plain)).get("schema")), body)
        : List.of();
  }

  /** What is wrong with some JSON. */
  List<String> faults(Map<String, Object> schema, byte[] json) {
    var root = new LinkedHashMap<>(close(schema));
    root.put("components", Map.of("schemas", closed));
    return validators
        .computeIfAbsent(Codec.toText(schema), _ -> REGISTRY.getSchema(Codec.toText(root)))
        .validate(
            new String(json, java.nio.charset.StandardCharsets.UTF_8),
            InputFormat.JSON,
            run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  /** What a reference stands for. */
  Map<String, Object> resolved(@Nullable Object value) {
    Object at = document;
    Object reference = object(value).get("$ref");
    if (reference == null) {
      return object(value);
    }
    for (String part : reference.toString().substring(2).split("/", -1)) {
      at = object(at).get(part);
    }
    if (at == null) {
      throw new AssertionError("nothing is at " + reference);
    }
    return object(at);
  }

  /** A schema with all that it is made of; what it does not describe is a fault. */
  private Map<String, Object> close(Map<String, Object> schema) {
    var result = new LinkedHashMap<String, Object>();
    schema.forEach((key, value) -> result.put(key, closeWithin(key, value)));
    var properties = new LinkedHashMap<String, Object>();
    var required = new ArrayList<>();
    for (Object base : list(result.remove("allOf"))) {
      var all = close(resolved(base));
      properties.putAll(object(all.get("properties")));
      required.addAll(list(all.get("required")));
    }
    properties.putAll(object(result.get("properties")));
    required.addAll(list(result.get("required")));
    if (!properties.isEmpty()) {
      result.put("properties", properties);
      result.putIfAbsent("additionalProperties", false);
    }
    if (!required.isEmpty()) {
      result.put("required", required);
    }
    return result;
  }

  private Object closeWithin(String key, Object value) {
    return switch (key) {
      case "items", "additionalProperties" -> value instanceof Map ? close(object(value)) : value;
      case "anyOf" -> list(value).stream().map(each -> close(object(each))).toList();
      case "properties" -> {
        var properties = new LinkedHashMap<String, Object>();
        object(value).forEach((name, each) -> properties.put(name, close(object(each))));
        yield properties;
      }
      default -> value;
    };
  }

  @SuppressWarnings("unchecked") // The codec makes no other maps.
  static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(@Nullable Object value) {
    return value instanceof List<?> ? (List<Object>) value : List.of();
  }
}
