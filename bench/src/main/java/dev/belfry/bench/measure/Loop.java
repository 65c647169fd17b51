package dev.belfry.bench.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Does something again and again and keeps what it took. */
public final class Loop {
  private static final long WARM_UP_SECONDS = 10;
  private static final int CLOCK_SAMPLES = 2001;

  /** What asking the CPU clock of this process costs this process; to be taken off. */
  private static final long CLOCK_COST = clockCost();

  private Loop() {}

  /** One operation of a series; {@code turn} counts them. */
  public interface Step<E extends Exception> {
    void run(int turn) throws E;
  }

  /** Does each of them in turn, so often, but not for longer than {@value #WARM_UP_SECONDS} s. */
  public static <E extends Exception> void warmUp(int times, List<? extends Step<E>> steps)
      throws E {
    long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000;
    for (int turn = 0; turn < times && System.nanoTime() < end; turn++) {
      for (var step : steps) {
        step.run(turn);
      }
    }
  }

  /** As for several. */
  public static <E extends Exception> void warmUp(int times, Step<E> step) throws E {
    warmUp(times, List.of(step));
  }

  /**
   * Does it for so long, at least once.
   *
   * @param clock of the process that does the work
   */
  public static <E extends Exception> Samples measure(CpuClock clock, long nanos, Step<E> step)
      throws E {
    return measureInTurn(clock, nanos, List.of(step)).getFirst();
  }

  /** Does each of them in turn for so long, at least once, and keeps what each took. */
  public static <E extends Exception> List<Samples> measureInTurn(
      CpuClock clock, long nanos, List<? extends Step<E>> steps) throws E {
    var samples = new ArrayList<Samples>();
    steps.forEach(_ -> samples.add(new Samples()));
    long cost = clock == CpuClock.SELF ? CLOCK_COST : 0;
    long end = System.nanoTime() + nanos;
    for (int turn = 0; turn == 0 || System.nanoTime() < end; turn++) {
      for (int i = 0; i < steps.size(); i++) {
        long cpu = clock.nanos();
        long before = System.nanoTime();
        steps.get(i).run(turn);
        long wall = System.nanoTime() - before;
        samples.get(i).record(wall, clock.nanos() - cpu - cost);
      }
    }
    return samples;
  }

  private static long clockCost() {
    var costs = new long[CLOCK_SAMPLES];
    for (int i = 0; i < costs.length; i++) {
      long before = CpuClock.SELF.nanos();
      costs[i] = CpuClock.SELF.nanos() - before;
    }
    Arrays.sort(costs);
    return costs[costs.length / 2];
  }
}
