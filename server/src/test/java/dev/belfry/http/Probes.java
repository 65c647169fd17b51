package dev.belfry.http;

import static dev.belfry.http.Described.list;
import static dev.belfry.http.Described.object;

import dev.belfry.api.codec.Codec;
import dev.belfry.http.Described.Operation;
import dev.belfry.http.Described.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Requests that differ in one value from what is described, for every value that is. */
final class Probes {
  /** The key that stands for all keys of a map. */
  static final String KEY = "a";

  /**
   * A request.
   *
   * @param query with its question mark; empty for none
   * @param body empty for none
   * @param place where the wrong value stands
   */
  record Probe(Operation operation, String query, String body, List<Object> place) {
    /** With another member of the body. */
    Probe beside(String member) {
      String rest = body.substring(1);
      String more = "{" + member + (rest.equals("}") ? "" : ",") + rest;
      return new Probe(operation, query, more, place);
    }

    @Override
    public String toString() {
      return operation + query + " " + body;
    }
  }

  /** What is longer than this is not tried. */
  private static final long LONGEST = 10_000;

  private static final Map<String, Object> SAMPLES = samples();

  private static Map<String, Object> samples() {
    var samples = new LinkedHashMap<String, Object>();
    samples.put("string", "x");
    samples.put("number", 1);
    samples.put("boolean", true);
    samples.put("array", List.of());
    samples.put("object", Map.of());
    return samples;
  }

  private final Described described;

  Probes(Described described) {
    this.described = described;
  }

  /** Wrong values for everything that an endpoint takes. */
  List<Probe> wrong(Operation operation) {
    var probes = new ArrayList<Probe>();
    for (Parameter parameter : operation.parameters()) {
      if (parameter.place().equals("query")) {
        wrongQueries(parameter)
            .forEach(query ->
                probes.add(new Probe(operation, query, "", List.of("query", parameter.name()))));
      }
    }
    if (!operation.body().isEmpty()) {
      wrongValues(
          operation.body(),
          List.of(),
          (place, value) -> {
            var at = new ArrayList<Object>(List.of("body"));
            at.addAll(place);
            probes.add(new Probe(operation, "", text(nested(place, value)), at));
          });
    }
    return probes;
  }

  private static List<String> wrongQueries(Parameter parameter) {
    var schema = parameter.schema();
    var queries = new ArrayList<String>();
    String start = "?" + parameter.name() + "=";
    boolean many = "array".equals(schema.get("type"));
    var one = many ? object(schema.get("items")) : schema;
    if (one.containsKey("enum")) {
      queries.add(start + "nonsense");
    }
    if ("boolean".equals(one.get("type"))) {
      queries.addAll(List.of(start + "maybe", start + "1"));
    }
    if ("date-time".equals(one.get("format"))) {
      queries.addAll(List.of(start + "yesterday", start + "2026-01-01", start + "1767225600000"));
    }
    if ("integer".equals(one.get("type"))) {
      queries.addAll(List.of(start + "x", start + "1.5"));
      queries.add(start + (number(one, "minimum") - 1));
      queries.add(start + (number(one, "maximum") + 1));
    }
    if (one.containsKey("minLength")) {
      queries.add(start);
    }
    if (one.containsKey("maxLength")) {
      queries.add(start + "x".repeat((int) number(one, "maxLength") + 1));
    }
    if (parameter.required()) {
      queries.add("");
    }
    if (!many) {
      queries.add(start + "1&" + parameter.name() + "=2");
    }
    return queries;
  }

  private static long number(Map<String, Object> schema, String bound) {
    return ((Number) schema.getOrDefault(bound, 0)).longValue();
  }

  private void wrongValues(
      Map<String, Object> given,
      List<Object> place,
      BiConsumer<List<Object>, @Nullable Object> to) {
    var choices = choices(given);
    var types = types(choices);
    if (types.isEmpty()) {
      return;
    }
    SAMPLES.forEach((type, sample) -> {
      boolean fits = types.contains(type) || (type.equals("number") && types.contains("integer"));
      if (!fits) {
        to.accept(place, sample);
      }
    });
    if (!types.contains("null")) {
      to.accept(place, null);
    }
    for (var choice : choices) {
      wrongBounds(choice, place, to);
      wrongWithin(choice, place, to);
    }
  }

  private static void wrongBounds(
      Map<String, Object> schema,
      List<Object> place,
      BiConsumer<List<Object>, @Nullable Object> to) {
    if (schema.containsKey("enum")) {
      to.accept(place, "nonsense");
    }
    if ("date-time".equals(schema.get("format"))) {
      to.accept(place, "yesterday");
    }
    if (schema.containsKey("minLength")) {
      to.accept(place, "");
    }
    if (schema.containsKey("maxLength") && number(schema, "maxLength") <= LONGEST) {
      to.accept(place, "x".repeat((int) number(schema, "maxLength") + 1));
    }
    if (schema.containsKey("minItems")) {
      to.accept(place, List.of());
    }
    if (schema.containsKey("maxItems")) {
      to.accept(place, Collections.nCopies((int) number(schema, "maxItems") + 1, "http://[::1]/"));
    }
    if (types(List.of(schema)).contains("integer")) {
      to.accept(place, 1.5);
    }
    if (schema.containsKey("minimum")) {
      to.accept(place, number(schema, "minimum") - 1);
    }
    if (schema.containsKey("maximum")) {
      to.accept(place, number(schema, "maximum") + 1);
    }
  }

  private void wrongWithin(
      Map<String, Object> schema,
      List<Object> place,
      BiConsumer<List<Object>, @Nullable Object> to) {
    for (Object key : list(schema.get("required"))) {
      // That it is missing is told at its own place, but there is nothing to put there.
      to.accept(and(place, key), MISSING);
    }
    object(schema.get("properties"))
        .forEach((key, value) -> wrongValues(object(value), and(place, key), to));
    if (schema.containsKey("items")) {
      wrongValues(object(schema.get("items")), and(place, 0), to);
    }
    if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
      wrongValues(object(values), and(place, KEY), to);
    }
  }

  private static final Object MISSING = new Object();

  /** Bodies in which everything is given that can be: one for each value of each choice. */
  List<String> full(Operation operation) {
    var body = operation.body();
    if (body.isEmpty()) {
      return List.of("");
    }
    var bodies = new ArrayList<String>(List.of("{}"));
    var whole = object(sample(body));
    bodies.add(text(whole));
    object(body.get("properties"))
        .forEach((key, value) -> {
          var less = new HashMap<>(whole);
          less.remove(key);
          bodies.add(text(less));
          for (Object choice : list(described.resolved(value).get("enum"))) {
            var other = new HashMap<>(whole);
            other.put(key, choice);
            bodies.add(text(other));
          }
          object(described.resolved(value).get("properties"))
              .keySet()
              .forEach(inner -> {
                var part = new HashMap<>(object(whole.get(key)));
                part.remove(inner);
                var other = new HashMap<>(whole);
                other.put(key, part);
                bodies.add(text(other));
              });
        });
    return bodies;
  }

  /** Every place within a body that is described. */
  List<List<Object>> places(Operation operation) {
    var places = new ArrayList<List<Object>>();
    places(operation.body(), List.of("body"), places);
    return places;
  }

  private void places(Map<String, Object> given, List<Object> at, List<List<Object>> to) {
    for (var schema : choices(given)) {
      object(schema.get("properties"))
          .forEach((key, value) -> {
            to.add(and(at, key));
            places(object(value), and(at, key), to);
          });
      if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
        to.add(and(at, KEY));
        places(object(values), and(at, KEY), to);
      }
    }
  }

  private Object sample(Map<String, Object> given) {
    var schema = choices(given).getFirst();
    if (schema.containsKey("enum")) {
      return list(schema.get("enum")).getFirst();
    }
    return switch (types(List.of(schema)).getFirst()) {
      case "string" -> "date-time".equals(schema.get("format")) ? "2026-03-05T12:00:00Z" : "x";
      case "integer", "number" -> 1;
      case "boolean" -> true;
      case "array" -> List.of(sample(object(schema.get("items"))));
      default -> {
        var result = new LinkedHashMap<String, Object>();
        object(schema.get("properties"))
            .forEach((key, value) -> result.put(key, sample(object(value))));
        if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
          result.put(KEY, sample(object(values)));
        }
        yield result;
      }
    };
  }

  /** What a value may be, references resolved. */
  private List<Map<String, Object>> choices(Map<String, Object> given) {
    var schema = described.resolved(given);
    var any = list(schema.get("anyOf"));
    return any.isEmpty() || schema.containsKey("type")
        ? List.of(schema)
        : any.stream().map(described::resolved).toList();
  }

  private static List<String> types(List<Map<String, Object>> choices) {
    return choices.stream()
        .map(schema -> schema.get("type"))
        .flatMap(type ->
            type instanceof List<?> several
                ? several.stream().map(String::valueOf)
                : type == null ? List.<String>of().stream() : List.of(type.toString()).stream())
        .toList();
  }

  private static List<Object> and(List<Object> place, Object part) {
    var result = new ArrayList<>(place);
    result.add(part);
    return result;
  }

  /** The smallest body that has a value at a place. */
  private static @Nullable Object nested(List<Object> place, @Nullable Object value) {
    if (place.isEmpty()) {
      return MISSING.equals(value) ? Map.of() : value;
    }
    if (MISSING.equals(value) && place.size() == 1) {
      return Map.of();
    }
    Object inner = nested(place.subList(1, place.size()), value);
    if (place.getFirst() instanceof Integer) {
      return Arrays.asList(inner);
    }
    var object = new HashMap<String, @Nullable Object>();
    object.put(place.getFirst().toString(), inner);
    return object;
  }

  private static String text(@Nullable Object value) {
    return Codec.toText(value);
  }
}
