package dev.belfry.model;

/**
 * The data folder cannot be used: corrupt, of a newer version, read-only, full. The message tells
 * the person what to do.
 */
public final class StoreFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreFault(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreFault(String message) {
    super(message);
  }
}
