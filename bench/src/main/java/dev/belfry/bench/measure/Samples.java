package dev.belfry.bench.measure;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/** What one operation took, many times over: by the wall clock and of CPU time. */
public final class Samples {
  private static final int DIGITS = 3;

  private final Histogram wall;
  private final Histogram cpu;

  public Samples() {
    this(new Histogram(DIGITS), new Histogram(DIGITS));
  }

  private Samples(Histogram wall, Histogram cpu) {
    this.wall = wall;
    this.cpu = cpu;
  }

  /** Keeps one sample, in nanoseconds. */
  public void record(long wallNanos, long cpuNanos) {
    wall.recordValue(Math.max(0, wallNanos));
    cpu.recordValue(Math.max(0, cpuNanos));
  }

  /** Keeps those of another series too. */
  public void add(Samples others) {
    wall.add(others.wall);
    cpu.add(others.cpu);
  }

  /** Forgets what was kept until now. */
  public void reset() {
    wall.reset();
    cpu.reset();
  }

  public Figures figures() {
    return new Figures(
        wall.getTotalCount(),
        wall.getValueAtPercentile(50),
        wall.getValueAtPercentile(99),
        Math.round(wall.getMean()),
        cpu.getValueAtPercentile(50),
        Math.round(cpu.getMean()));
  }

  /** As text, to be handed to another process. */
  public String encoded() {
    return encoded(wall) + " " + encoded(cpu);
  }

  private static String encoded(Histogram histogram) {
    var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /** The reverse of {@link #encoded}. */
  public static Samples decode(String text) {
    var parts = text.strip().split(" ", -1);
    return new Samples(histogram(parts[0]), histogram(parts[1]));
  }

  private static Histogram histogram(String encoded) {
    var buffer = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
    var histogram = Histogram.decodeFromByteBuffer(buffer, 0);
    histogram.setAutoResize(true);
    return histogram;
  }
}
