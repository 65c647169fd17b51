package dev.belfry.sdk;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, newest item first (contract: Pagination). Iterating goes over all items of
 * this page <em>and of the pages after it</em>, which are fetched when they are reached; {@link
 * #items} is this page alone.
 *
 * @param <T> what is listed
 */
public final class Page<T> implements Iterable<T> {
  private final dev.belfry.api.Page<T> page;
  private final Position position;
  private final Function<Position, dev.belfry.api.Page<T>> fetch;

  private Page(Position position, Function<Position, dev.belfry.api.Page<T>> fetch) {
    this.page = fetch.apply(position);
    this.position = position;
    this.fetch = fetch;
  }

  /** Fetches the page at a position; the function is kept for the pages after it. */
  static <T> Page<T> at(Position position, Function<Position, dev.belfry.api.Page<T>> fetch) {
    return new Page<>(position, fetch);
  }

  /** The items of this page. */
  public List<T> items() {
    return page.items();
  }

  /** Whether there are more in the direction travelled. */
  public boolean hasMore() {
    return next().isPresent();
  }

  /** Position of the oldest item; empty if the page is. */
  public Optional<String> oldestCursor() {
    return Optional.ofNullable(page.oldestCursor());
  }

  /** Position of the newest item; empty if the page is. */
  public Optional<String> newestCursor() {
    return Optional.ofNullable(page.newestCursor());
  }

  /**
   * Fetches the page after this one, with the same filters; empty if this is the last.
   *
   * @throws BelfryException if it cannot be fetched
   */
  public Optional<Page<T>> nextPage() {
    return next().map(after -> new Page<>(after, fetch));
  }

  /** All items from this page on; fetches pages as they are reached. */
  public Stream<T> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  @Override
  public Iterator<T> iterator() {
    return new Items<>(this);
  }

  /** Where the next page is. A server that stays where it is would be asked for ever: an end. */
  private Optional<Position> next() {
    if (!page.hasMore() || page.items().isEmpty()) return Optional.empty();
    // going up, the way leads on from the newest item
    String cursor =
        position.direction() == Direction.AFTER ? page.newestCursor() : page.oldestCursor();
    if (cursor == null || cursor.equals(position.cursor())) return Optional.empty();
    return Optional.of(new Position(cursor, position.direction()));
  }

  /**
   * Where a page begins.
   *
   * @param cursor of the item before it, which is not on the page; null for the end of the list
   * @param direction which way; null for {@code before}
   */
  record Position(@Nullable String cursor, @Nullable Direction direction) {}

  private static final class Items<T> implements Iterator<T> {
    private Page<T> page;
    private Iterator<T> items;

    Items(Page<T> page) {
      this.page = page;
      this.items = page.items().iterator();
    }

    @Override
    public boolean hasNext() {
      while (!items.hasNext()) {
        Optional<Page<T>> next = page.nextPage();
        if (next.isEmpty()) return false;
        page = next.get();
        items = page.items().iterator();
      }
      return true;
    }

    @Override
    public T next() {
      if (!hasNext()) throw new NoSuchElementException();
      return items.next();
    }
  }
}
