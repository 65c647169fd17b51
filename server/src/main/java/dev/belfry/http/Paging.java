package dev.belfry.http;

import dev.belfry.http.read.Query;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import dev.belfry.model.PageRequest.Direction;
import java.util.function.Function;

/** Pages in requests and answers (contract, Pagination). */
final class Paging {
  /** Where an endpoint sets no bound of its own, and where it does. */
  private static final int MAX_LIMIT = 200;

  private Paging() {}

  static PageRequest from(Query query, int defaultLimit) {
    return new PageRequest(
        query.string("cursor"),
        query.choice("direction", Direction.BEFORE, Direction.class),
        query.integer("limit", defaultLimit, 1, MAX_LIMIT));
  }

  static <T, R> dev.belfry.api.Page<R> json(Page<T> page, Function<T, R> each) {
    return new dev.belfry.api.Page<>(
        page.items().stream().map(each).toList(),
        page.hasMore(),
        page.oldestCursor(),
        page.newestCursor());
  }
}
