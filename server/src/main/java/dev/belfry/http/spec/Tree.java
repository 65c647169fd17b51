package dev.belfry.http.spec;

import dev.belfry.api.codec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps and lists, in the order of the file. */
final class Tree {
  private Tree() {}

  /** A file beside this class. */
  static Map<String, Object> file(String name) {
    try (var in = Tree.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no file " + name);
      }
      return object(changeable(Codec.tree(in.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The codec's objects cannot be changed. */
  private static @Nullable Object changeable(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      var copy = new LinkedHashMap<String, @Nullable Object>();
      members.forEach((key, member) -> copy.put(text(key), changeable(member)));
      return copy;
    }
    return value instanceof List<?> items ? items.stream().map(Tree::changeable).toList() : value;
  }

  @SuppressWarnings("unchecked") // The codec makes no other maps.
  static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
  }

  /** The object at a key, made where there is none. */
  static Map<String, Object> within(Map<String, Object> object, String key) {
    return object(object.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>()));
  }

  static List<Object> list(@Nullable Object value) {
    return value instanceof List<?> items ? new ArrayList<>(items) : List.of();
  }

  static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  static Map<String, Object> reference(String kind, String name) {
    return new LinkedHashMap<>(Map.of("$ref", "#/components/" + kind + "/" + name));
  }

  /** The name that a reference ends with; empty where it is none. */
  static String referred(@Nullable Object value) {
    String target = text(object(value).get("$ref"));
    return target.substring(target.lastIndexOf('/') + 1);
  }
}
