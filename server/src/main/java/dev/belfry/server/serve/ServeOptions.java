package dev.belfry.server.serve;

import dev.belfry.core.files.FileLimits;
import dev.belfry.server.process.LogLevel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code serve} was told.
 *
 * @param listen null for both loopback addresses and the first free port
 * @param data null for the usual folder
 * @param web who may reach it and how
 * @param files how much room files may take
 */
public record ServeOptions(
    @Nullable ListenAddress listen,
    @Nullable Path data,
    boolean sandbox,
    LogLevel logLevel,
    WebOptions web,
    FileLimits files) {
  /** Without a word about who may reach it, and about files. */
  public ServeOptions(
      @Nullable ListenAddress listen, @Nullable Path data, boolean sandbox, LogLevel logLevel) {
    this(listen, data, sandbox, logLevel, WebOptions.NONE, FileLimits.DEFAULT);
  }

  /**
   * Reads a correct {@code serve ...} without the library for command lines, whose classes cost
   * each start 100 ms. Whatever is not plainly correct is left to the library: that is where help
   * and errors come from.
   */
  public static Optional<ServeOptions> quick(String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals("serve")) {
      return Optional.empty();
    }
    ListenAddress listen = null;
    Path data = null;
    LogLevel level = null;
    boolean sandbox = false;
    for (int i = 1; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--sandbox") && !sandbox) {
        sandbox = true;
        continue;
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 && ++i == arguments.length) {
        return Optional.empty();
      }
      String value = equals < 0 ? arguments[i] : argument.substring(equals + 1);
      if (value.isEmpty() || value.startsWith("-")) {
        return Optional.empty();
      }
      try {
        if (name.equals("--listen") && listen == null) {
          listen = ListenAddress.parse(value);
        } else if (name.equals("--data") && data == null) {
          data = Path.of(value);
        } else if (name.equals("--log-level") && level == null) {
          level = LogLevel.of(value).orElseThrow(IllegalArgumentException::new);
        } else {
          return Optional.empty();
        }
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new ServeOptions(listen, data, sandbox, level == null ? LogLevel.INFO : level));
  }
}
