package dev.belfry.api.check;

/** A required part of a record was not given. The codec adds the path of the record. */
public final class MissingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /** Names the part that is missing. */
  MissingException(String field) {
    super(field + " is missing");
    this.field = field;
  }

  /** The wire name of the missing part. */
  public String field() {
    return field;
  }
}
