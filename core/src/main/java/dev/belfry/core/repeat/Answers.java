package dev.belfry.core.repeat;

import dev.belfry.model.Answered;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.RequestKey;
import dev.belfry.store.Attempt;
import dev.belfry.store.Database;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The answers of requests that bear a key (contract, Decided for Belfry: Idempotency-Key): the same
 * request again gets the first one's answer for a day, over restarts and crashes too. Safe for use
 * by any thread.
 */
public final class Answers {
  private final Database database;
  private final Turns<RequestKey> turns = new Turns<>();

  /** Keeps them in a store. */
  public Answers(Database database) {
    this.database = database;
    database.writeLater(tx -> tx.answers().sweep(tx.now()));
  }

  /**
   * How somebody's own answers become what is remembered, and back.
   *
   * @param <T> the answer
   */
  public interface Form<T> {
    /** Empty for what cannot be remembered. */
    Optional<Answered> remembered(T answer);

    /** The answer of an earlier request. */
    T again(Answered earlier);
  }

  /**
   * Carries a request out, or gives the answer that it had before. One that is just being carried
   * out is waited for.
   *
   * @param hash of what is asked beyond the key; may read the request to its end
   * @param work carries it out; what it throws is thrown on, and remembered by nobody
   * @throws HubException 422 if the key stands for something else
   */
  public <T> T once(RequestKey key, Supplier<String> hash, Supplier<T> work, Form<T> form) {
    return turns.take(key, () -> inTurn(key, hash, work, form));
  }

  private <T> T inTurn(RequestKey key, Supplier<String> hash, Supplier<T> work, Form<T> form) {
    var before = database.read(Grant.HUB, tx -> tx.answers().find(key, tx.now()));
    if (before.isPresent()) {
      if (!before.get().hash().equals(hash.get())) {
        throw HubException.unprocessable(
            "IDEMPOTENCY_KEY_REUSED",
            "This Idempotency-Key was used for another request within the last 24 hours; make a new one for a new request");
      }
      var answer = before.get().answer();
      if (answer != null) {
        return form.again(answer);
      }
    }
    var done = before.isPresent() ? before.get().done() : Map.<String, String>of();
    var answer = new Attempt(key, hash, done).run(work);
    form.remembered(answer)
        .filter(Answered::isFinal)
        .ifPresent(it -> remember(key, hash.get(), it));
    return answer;
  }

  private void remember(RequestKey key, String hash, Answered answer) {
    database.write(tx -> {
      tx.answers().remember(key, hash, answer, tx.now());
      return true;
    });
  }
}
