package dev.belfry.bench.data;

/**
 * How fast messages were stored.
 *
 * @param cpuNanos of the whole process, making the messages included
 */
public record Rate(long messages, long nanos, long cpuNanos) {
  public double messagesPerSecond() {
    return messages / (nanos / 1e9);
  }

  public double messagesPerCpuSecond() {
    return messages / (cpuNanos / 1e9);
  }
}
