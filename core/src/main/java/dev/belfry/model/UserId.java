package dev.belfry.model;

/**
 * A person as the network names them, for Matrix {@code @alice:example.org}.
 *
 * @param value opaque, not blank
 */
public record UserId(String value) {
  public UserId {
    Ids.require(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
