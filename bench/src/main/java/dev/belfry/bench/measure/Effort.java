package dev.belfry.bench.measure;

/**
 * How hard to try.
 *
 * @param warmUpTimes how often something is done before it is measured
 * @param roundNanos how long a series lasts
 * @param rounds how many series there are of each figure, the parts in turn: what disturbs the
 *     machine for a while disturbs all of them
 */
public record Effort(int warmUpTimes, long roundNanos, int rounds) {
  private static final int WARM_UP_TIMES = 20_000;
  private static final int ROUNDS = 4;

  /** So many seconds for each figure. */
  public static Effort seconds(double seconds) {
    return new Effort(WARM_UP_TIMES, Math.round(seconds * 1e9 / ROUNDS), ROUNDS);
  }

  /** The same without warm-up: it has been done. */
  public Effort warm() {
    return new Effort(0, roundNanos, rounds);
  }
}
