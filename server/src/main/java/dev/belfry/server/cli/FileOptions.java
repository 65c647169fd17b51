package dev.belfry.server.cli;

import dev.belfry.core.files.FileLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How much room a server's files may take. */
final class FileOptions {
  private static final FileLimits USUAL = FileLimits.DEFAULT;

  @Option(
      names = "--upload-size",
      paramLabel = "SIZE",
      description = "The largest file that can be uploaded, such as 100M. Default: 500M.")
  @Nullable ByteCount file;

  @Option(
      names = "--upload-quota",
      paramLabel = "SIZE",
      description = "What the uploads of one token may take together. Default: 5G.")
  @Nullable ByteCount token;

  @Option(
      names = "--upload-total",
      paramLabel = "SIZE",
      description = "What all uploads may take together. Default: 20G.")
  @Nullable ByteCount total;

  @Option(
      names = "--upload-expires",
      paramLabel = "TIME",
      description = "How long an upload stays that nothing uses, such as 12h. Default: 24h.")
  @Nullable Expiry life;

  @Option(
      names = "--cache-size",
      paramLabel = "SIZE",
      description =
          "What the files fetched from networks may take; those used longest ago go first, and none can be larger. Default: 2G.")
  @Nullable ByteCount cache;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /** What was given, and the usual beside it: as much of that as what was given has room for. */
  FileLimits limits() {
    check("--upload-size", file, "--upload-quota", token);
    check("--upload-size", file, "--upload-total", total);
    check("--upload-quota", token, "--upload-total", total);
    long all = bytes(total, Math.max(USUAL.totalBytes(), bytes(token, bytes(file, 0))));
    long ofToken = bytes(token, Math.min(all, Math.max(USUAL.tokenBytes(), bytes(file, 0))));
    return new FileLimits(
        bytes(file, Math.min(ofToken, USUAL.fileBytes())),
        ofToken,
        all,
        bytes(cache, USUAL.cacheBytes()),
        USUAL.pictureBytes(),
        lifetime());
  }

  private static long bytes(@Nullable ByteCount given, long usual) {
    return given == null ? usual : given.bytes();
  }

  private Duration lifetime() {
    if (life == null) {
      return USUAL.life();
    }
    Duration given = life.lifetime();
    if (given == null) {
      throw wrong("--upload-expires never would fill the disk: name a time, such as 52w");
    }
    return given;
  }

  private void check(
      String name, @Nullable ByteCount less, String other, @Nullable ByteCount more) {
    if (less != null && more != null && less.bytes() > more.bytes()) {
      throw wrong(name + " " + less + " is more than " + other + " " + more + " has room for");
    }
  }

  private CommandLine.ParameterException wrong(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
