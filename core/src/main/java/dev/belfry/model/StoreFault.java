package dev.belfry.model;

import org.jspecify.annotations.Nullable;

/**
 * The data folder cannot be used: corrupt, of a newer version, read-only, full. The message tells
 * the person what to do.
 */
public sealed class StoreFault extends RuntimeException permits StoreFault.Unreadable {
  private static final long serialVersionUID = 1;

  public StoreFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public StoreFault(String message) {
    super(message);
  }

  /** What a file holds is at fault, and not the place where it lies. */
  public static final class Unreadable extends StoreFault {
    private static final long serialVersionUID = 1;

    private final String what;

    /**
     * About the data file of a data folder.
     *
     * @param what is the matter with it, such as {@code is damaged}
     * @param remedy a sentence
     */
    public Unreadable(String what, String remedy, @Nullable Throwable cause) {
      super("The data file %s; it was left as it is. %s".formatted(what, remedy), cause);
      this.what = what;
    }

    /** What is the matter, where the file lies elsewhere than in a data folder. */
    public String what() {
      return what;
    }
  }
}
