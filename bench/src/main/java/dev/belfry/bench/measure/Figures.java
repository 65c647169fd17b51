package dev.belfry.bench.measure;

/**
 * What a series of samples comes to; nanoseconds.
 *
 * @param count of samples
 */
public record Figures(long count, long p50, long p99, long mean, long cpuP50, long cpuMean) {
  /**
   * The CPU time of a typical one: the median, which leaves out those that met the compiler or the
   * collector; where the clock is too coarse for single ones, the mean.
   */
  public long cpu() {
    return CpuClock.isFine() ? cpuP50 : cpuMean;
  }
}
