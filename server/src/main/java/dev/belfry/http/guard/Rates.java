package dev.belfry.http.guard;

/**
 * How often one may call.
 *
 * @param requests a second with one token, on the average; 0 for any number
 * @param burst how many at once after a pause
 * @param failures a second with bad tokens from one address, on the average; 0 for any number
 * @param failureBurst how many at once after a pause
 */
public record Rates(int requests, int burst, int failures, int failureBurst) {
  /** Far above what the official clients do: this stops programs that run wild. */
  public static final Rates DEFAULT = ofRequests(10_000);

  public static final Rates NONE = new Rates(0, 0, 0, 0);

  /** With the usual limit on bad tokens. */
  public static Rates ofRequests(int aSecond) {
    return new Rates(aSecond, Math.multiplyExact(aSecond, 10), 5, 100);
  }
}
