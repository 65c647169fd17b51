package dev.belfry.bench.measure;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The CPU time that a process has used, all its threads together, in user and kernel mode.
 *
 * <p>Why of the process and not of a thread: a request passes through several threads (selector,
 * carrier of its virtual thread, reader of the store), virtual threads have no CPU clock of their
 * own, and a serial collector works on a thread of the JVM. On an otherwise idle process, asked
 * before and after one request, the difference is what that request cost, to the nanosecond on
 * Linux. What a request leaves to be done after its answer counts for the next one, so nothing is
 * lost over a series; and in the median the few that met the compiler or the collector do not
 * matter, while in the mean they do.
 */
public final class CpuClock {
  /** This process. */
  public static final CpuClock SELF = new CpuClock(ProcessHandle.current());

  /** Linux: the clock of process {@code p} is {@code ~p << 3 | 2} (CPUCLOCK_SCHED). */
  private static final int SCHED_CLOCK = 2;

  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final @Nullable MethodHandle CLOCK_GETTIME = clockGettime();
  private static final MemorySegment TIME = Arena.global().allocate(2 * LONG.byteSize());

  private final ProcessHandle process;
  private final int clock;

  /** Of any process of this user. */
  public CpuClock(ProcessHandle process) {
    this.process = process;
    this.clock = (int) (~process.pid() << 3) | SCHED_CLOCK;
  }

  /**
   * Whether the clock tells single requests apart; else only means over many of them are of use.
   */
  public static boolean isFine() {
    return CLOCK_GETTIME != null;
  }

  /**
   * Nanoseconds since the process began.
   *
   * @throws IllegalStateException if it is gone
   */
  public long nanos() {
    if (CLOCK_GETTIME == null) {
      return process
          .info()
          .totalCpuDuration()
          .map(Duration::toNanos)
          .orElseThrow(() -> new IllegalStateException("no CPU time on this system"));
    }
    synchronized (TIME) {
      if (call(CLOCK_GETTIME) != 0) {
        throw new IllegalStateException("process " + process.pid() + " is gone");
      }
      return TIME.get(LONG, 0) * 1_000_000_000 + TIME.get(LONG, LONG.byteSize());
    }
  }

  @SuppressWarnings("CatchThrowable") // what a method handle declares
  private int call(MethodHandle handle) {
    try {
      return (int) handle.invokeExact(clock, TIME);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted") // native access is granted on the command line
  private static @Nullable MethodHandle clockGettime() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    var linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("clock_gettime")
        .map(function ->
            linker.downcallHandle(
                function,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)))
        .orElse(null);
  }
}
