package dev.belfry.server.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a command reads and where it prints: results to {@link #out}, all else to {@link #err}. */
public final class Terminal {
  private static final int LONGEST_LINE = 64 * 1024;

  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean inIsTerminal;
  private final boolean errIsTerminal;

  public Terminal(
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean inIsTerminal,
      boolean errIsTerminal) {
    this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
    this.out = out;
    this.err = err;
    this.inIsTerminal = inIsTerminal;
    this.errIsTerminal = errIsTerminal;
  }

  /** This process's own streams; always UTF-8, also where no locale is set, as in a container. */
  public static Terminal ofProcess() {
    // the launcher tells which descriptors are terminals; Java knows only whether input and output
    // both are
    String terminals = System.getProperty("belfry.terminals");
    if (terminals == null) {
      terminals = console() == null ? "" : "012";
    }
    return new Terminal(
        System.in,
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
        terminals.contains("0"),
        terminals.contains("2"));
  }

  public PrintStream out() {
    return out;
  }

  public PrintStream err() {
    return err;
  }

  /** Whether a person can be asked. */
  public boolean canAsk() {
    return inIsTerminal;
  }

  /** Whether a person reads what goes to {@link #err}. */
  public boolean isWatched() {
    return errIsTerminal;
  }

  /** A value: asked of the person, or the next line of the input where that is no terminal. */
  public String ask(String label) {
    if (inIsTerminal) {
      err.print(label + ": ");
      err.flush();
    }
    return required(label, readLine());
  }

  /** As {@link #ask}, without showing what is typed. */
  public String askSecret(String label) {
    if (!inIsTerminal) {
      return required(label, readLine());
    }
    var console = console();
    if (console == null) {
      throw new Failure(
          ExitStatus.USAGE,
          "cannot ask for the "
              + label.toLowerCase(Locale.ROOT)
              + " without showing it, as the output is redirected: do not redirect it, or pipe the "
              + label.toLowerCase(Locale.ROOT)
              + " into this command");
    }
    char[] typed = console.readPassword("%s: ", label);
    return required(label, typed == null ? null : new String(typed));
  }

  /** Whether the person says yes. */
  public boolean confirm(String question) {
    err.print(question + " [y/N] ");
    err.flush();
    String answer = readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  /** The terminal, where input and output both are one. */
  @SuppressWarnings("SystemConsoleNull") // that was so from Java 22 to 24
  private static @Nullable Console console() {
    var console = System.console();
    return console != null && console.isTerminal() ? console : null;
  }

  private static String required(String label, @Nullable String answer) {
    if (answer == null || answer.isEmpty()) {
      throw new Failure(
          ExitStatus.USAGE,
          "the "
              + label.toLowerCase(Locale.ROOT)
              + " is missing: type it when asked, or pipe it into this command");
    }
    return answer;
  }

  private @Nullable String readLine() {
    try {
      var line = new StringBuilder();
      int c = in.read();
      if (c < 0) {
        return null;
      }
      for (; c >= 0 && c != '\n'; c = in.read()) {
        if (line.length() == LONGEST_LINE) {
          throw new Failure(ExitStatus.USAGE, "the input has a line of more than 64 KiB");
        }
        line.append((char) c);
      }
      if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
        line.setLength(line.length() - 1);
      }
      return line.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
