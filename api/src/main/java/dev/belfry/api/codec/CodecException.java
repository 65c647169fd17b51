package dev.belfry.api.codec;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON that could not be read. The message names the path and the kinds of values, never a value,
 * so it may go into an answer or a log.
 */
public final class CodecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final transient List<Object> path;
  private final @Nullable String expected;
  private final @Nullable String received;

  /** What is wrong. */
  public enum Problem {
    /** Not JSON: cut off, text after the end, not UTF-8, a key given twice, and the like. */
    SYNTAX,
    /** Nested deeper than {@link Codec#MAX_DEPTH}. */
    DEPTH,
    /** A value of another kind than asked for. */
    TYPE,
    /** A required value is absent or null. */
    MISSING,
    /** The right kind, but not a possible value: no time, a number out of range. */
    VALUE
  }

  CodecException(
      Problem problem,
      String text,
      List<Object> path,
      @Nullable String expected,
      @Nullable String received) {
    super(path.isEmpty() ? text : text + " at " + dotted(path));
    this.problem = problem;
    this.path = List.copyOf(path);
    this.expected = expected;
    this.received = received;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }

  /** Where: keys ({@code String}) and positions in lists ({@code Integer}), from the outside in. */
  public List<Object> path() {
    return path;
  }

  /** The kind asked for, such as {@code string}; with {@link Problem#TYPE} and others. */
  public @Nullable String expected() {
    return expected;
  }

  /**
   * The kind found: {@code string}, {@code number}, {@code boolean}, {@code array}, {@code object},
   * {@code null}, {@code undefined}; with {@link Problem#TYPE} and others.
   */
  public @Nullable String received() {
    return received;
  }

  private static String dotted(List<Object> path) {
    return path.stream().map(String::valueOf).collect(Collectors.joining("."));
  }
}
