package dev.belfry.store;

import dev.belfry.model.RequestKey;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One try of a request that bears a key. All transactions that its thread asks for meanwhile belong
 * to it: what they did {@link Tx#once} is noted with them, so that another try, after a crash that
 * kept the answer from the client, does it no second time.
 */
public final class Attempt {
  private static final ScopedValue<Attempt> CURRENT = ScopedValue.newInstance();

  private final RequestKey key;
  private final Supplier<String> hash;
  private final Map<String, String> done;
  private volatile String read = "";

  /**
   * A try.
   *
   * @param hash of what is asked; asked for on the request's thread, before its first transaction
   * @param done what earlier tries have committed: step to result
   */
  public Attempt(RequestKey key, Supplier<String> hash, Map<String, String> done) {
    this.key = key;
    this.hash = hash;
    this.done = Map.copyOf(done);
  }

  /** Runs {@code work} as this try. */
  public <T> T run(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /** The try that this thread is at. */
  static Optional<Attempt> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** What this try is to say of a step that an earlier one has committed. */
  Optional<String> done(String step) {
    return Optional.ofNullable(done.get(step));
  }

  RequestKey key() {
    return key;
  }

  /**
   * Finds out what is asked, on the request's own thread: it may have to read the request to its
   * end, for which the store's threads have no time.
   */
  void readHash() {
    read = hash.get();
  }

  String hash() {
    return read;
  }
}
