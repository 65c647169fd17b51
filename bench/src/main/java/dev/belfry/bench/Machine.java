package dev.belfry.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the figures were measured on.
 *
 * @param cpu its name
 * @param java vendor and version
 * @param load how many were at work on it before we began; negative where that is not known
 */
record Machine(String cpu, int cores, String java, String system, double load) {
  static Machine here() throws IOException {
    return new Machine(
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String cpuName() throws IOException {
    var file = Path.of("/proc/cpuinfo");
    if (Files.isReadable(file)) {
      for (var line : Files.readAllLines(file)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return System.getProperty("os.arch");
  }

  /** Whether others are at work on it too, so that the figures are worse than they need be. */
  boolean isBusy() {
    return load > cores / 2.0;
  }

  @Override
  public String toString() {
    return "%s, %d cores; %s; Java %s; load %.1f".formatted(cpu, cores, system, java, load);
  }
}
