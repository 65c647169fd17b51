package dev.belfry.api;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An optional value that may also be null on the wire, where the two differ: absent (the key is not
 * there), nothing (the key is there and null) or a value. In requests: leave alone, clear, set. In
 * answers: unknown, known to be none, known (contract: Values).
 *
 * @param <T> what the value is
 */
public sealed interface Field<T> {
  /** The key is not there. */
  static <T> Field<T> absent() {
    return Absent.of();
  }

  /** The key is there and null. */
  static <T> Field<T> nothing() {
    return Nothing.of();
  }

  /** A value. */
  static <T> Field<T> of(T value) {
    return new Value<>(value);
  }

  /** A value, or nothing if it is null. */
  static <T> Field<T> ofNullable(@Nullable T value) {
    return value == null ? nothing() : of(value);
  }

  /** The field itself, or absent if there is none; for constructors. */
  static <T> Field<T> orAbsent(@Nullable Field<T> field) {
    return field == null ? absent() : field;
  }

  /** Whether the key is not there. */
  default boolean isAbsent() {
    return this instanceof Absent;
  }

  /** Whether the key is there and null. */
  default boolean isNothing() {
    return this instanceof Nothing;
  }

  /** The value; null if absent or nothing. */
  @Nullable T orNull();

  /** The value; empty if absent or nothing. */
  default Optional<T> value() {
    return Optional.ofNullable(orNull());
  }

  /** The value, changed; what is absent or nothing stays so. */
  default <R> Field<R> map(Function<? super T, ? extends R> change) {
    T value = orNull();
    if (value != null) return of(change.apply(value));
    return isAbsent() ? absent() : nothing();
  }

  /** The key is not there. */
  final class Absent<T> implements Field<T> {
    private static final Absent<?> ONLY = new Absent<>();

    private Absent() {}

    @SuppressWarnings("unchecked") // holds no T
    static <T> Absent<T> of() {
      return (Absent<T>) ONLY;
    }

    @Override
    public @Nullable T orNull() {
      return null;
    }

    @Override
    public String toString() {
      return "absent";
    }
  }

  /** The key is there and null. */
  final class Nothing<T> implements Field<T> {
    private static final Nothing<?> ONLY = new Nothing<>();

    private Nothing() {}

    @SuppressWarnings("unchecked") // holds no T
    static <T> Nothing<T> of() {
      return (Nothing<T>) ONLY;
    }

    @Override
    public @Nullable T orNull() {
      return null;
    }

    @Override
    public String toString() {
      return "nothing";
    }
  }

  /**
   * A value.
   *
   * @param content the value
   */
  record Value<T>(T content) implements Field<T> {
    @Override
    public T orNull() {
      return content;
    }
  }
}
