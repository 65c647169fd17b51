package dev.belfry.http;

import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;

/** The end of a request, which somebody may want to know: whether its answer could be written. */
final class Telling extends Callback.Nested {
  private volatile Consumer<Boolean> listener = _ -> {};

  Telling(Callback callback) {
    super(callback);
  }

  /** Has {@code listener} told; instead of an earlier one. */
  void listen(Consumer<Boolean> listener) {
    this.listener = listener;
  }

  @Override
  public void succeeded() {
    listener.accept(true);
    super.succeeded();
  }

  @Override
  public void failed(Throwable cause) {
    listener.accept(false);
    super.failed(cause);
  }
}
