package dev.belfry.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Which contacts to list, and from where. Null filters nothing.
 *
 * @param query a part of a name, handle, number or address
 * @param cursor of an earlier page
 * @param direction where to go from the cursor; null for {@link Direction#BEFORE}
 * @param limit people on a page, 1 to 200; null for what the server likes
 */
public record ContactListParams(
    @Nullable String query,
    @Nullable String cursor,
    @Nullable Direction direction,
    @Nullable Integer limit) {
  /** Everybody. */
  public static final ContactListParams ALL = new ContactListParams(null, null, null, null);

  /** Those whom a text finds. */
  public static ContactListParams of(String query) {
    return new ContactListParams(query, null, null, null);
  }

  /** The same, but with so many on a page. */
  public ContactListParams withLimit(int limit) {
    return new ContactListParams(query, cursor, direction, limit);
  }
}
