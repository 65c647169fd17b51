package dev.belfry.api.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks and copies for the constructors of records. JSON may leave out anything, or say null in a
 * list, where the compiler cannot see it; every fault is a {@link MissingException}.
 */
public final class Check {
  private Check() {}

  /** The value itself, which must be there. */
  public static <T> T required(@Nullable T value, String field) {
    if (value == null) throw new MissingException(field);
    return value;
  }

  /** A copy of a list that must be there, without nulls. */
  public static <T> List<T> list(@Nullable List<T> items, String field) {
    return withoutNulls(required(items, field), field);
  }

  /** A copy of a list that may be absent, without nulls in it. */
  public static <T> @Nullable List<T> listOrNull(@Nullable List<T> items, String field) {
    return items == null ? null : withoutNulls(items, field);
  }

  /** A copy of a map that must be there, in its order, without null values. */
  public static <T> Map<String, T> map(@Nullable Map<String, T> entries, String field) {
    return inOrder(required(entries, field), field);
  }

  /** A copy of a map that may be absent, in its order, without null values. */
  public static <T> @Nullable Map<String, T> mapOrNull(
      @Nullable Map<String, T> entries, String field) {
    return entries == null ? null : inOrder(entries, field);
  }

  /** A copy of a JSON object that may be absent; its values may be null. */
  public static @Nullable Map<String, Object> treeOrNull(@Nullable Map<String, Object> entries) {
    return entries == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  private static <T> List<T> withoutNulls(List<T> items, String field) {
    refuseNulls(items, field);
    return Collections.unmodifiableList(new ArrayList<>(items));
  }

  private static <T> Map<String, T> inOrder(Map<String, T> entries, String field) {
    refuseNulls(entries.values(), field);
    return Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  private static void refuseNulls(Collection<? extends @Nullable Object> values, String field) {
    for (Object value : values) {
      if (value == null) throw new MissingException("an item of " + field);
    }
  }
}
