package dev.belfry.model;

/**
 * One login on one network, such as {@code matrix} or {@code matrix-2}; never contains a colon, as
 * clients split at it.
 *
 * @param value the text that the API shows as {@code accountID}
 */
public record AccountId(String value) {
  public AccountId {
    Ids.require(value);
    if (value.indexOf(':') >= 0) {
      throw new IllegalArgumentException("an account id holds no colon");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
