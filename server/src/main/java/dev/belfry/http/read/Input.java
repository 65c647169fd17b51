package dev.belfry.http.read;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside its path. It can only be looked at within {@link #read}, so that no
 * fault is overlooked.
 */
public final class Input {
  private final Query query;
  private final Supplier<byte[]> body;
  private final Issues issues;
  private final Consumer<List<Object>> watcher;

  private Input(Query query, Supplier<byte[]> body, Issues issues, Consumer<List<Object>> watcher) {
    this.query = query;
    this.body = body;
    this.issues = issues;
    this.watcher = watcher;
  }

  /**
   * Takes from a request what an endpoint wants to know.
   *
   * @param query the raw query; null for none
   * @param body gives the raw body, empty for none; asked only if the endpoint looks at it
   * @param watcher hears of every place that is looked at, there or not
   * @param wanted picks the values; it must bear the fallback values that the readers give for
   *     faulty ones
   * @throws InvalidRequest with all that was found wrong
   */
  public static <T extends @Nullable Object> T read(
      @Nullable String query,
      Supplier<byte[]> body,
      Consumer<List<Object>> watcher,
      Function<Input, T> wanted) {
    var issues = new Issues();
    var input = new Input(Query.parse(query, issues, watcher), body, issues, watcher);
    T values = wanted.apply(input);
    issues.throwIfAny();
    return values;
  }

  public Query query() {
    return query;
  }

  public Body body() {
    return Body.parse(body.get(), issues, watcher);
  }
}
