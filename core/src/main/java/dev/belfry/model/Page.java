package dev.belfry.model;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, newest first.
 *
 * @param hasMore whether there is more in the direction travelled
 * @param oldestCursor the place of the last item, null when there is none
 * @param newestCursor the place of the first item, null when there is none
 */
public record Page<T>(
    List<T> items, boolean hasMore, @Nullable String oldestCursor, @Nullable String newestCursor) {
  public static <T> Page<T> empty() {
    return new Page<>(List.of(), false, null, null);
  }

  public <R> Page<R> map(Function<? super T, ? extends R> each) {
    return new Page<R>(items.stream().<R>map(each).toList(), hasMore, oldestCursor, newestCursor);
  }
}
