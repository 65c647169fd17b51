package dev.belfry.model;

/** Checks shared by the identifier records. */
final class Ids {
  private Ids() {}

  static String require(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("identifier is blank");
    }
    return value;
  }
}
