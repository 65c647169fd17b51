package dev.belfry.model;

/**
 * How an account stands with its network.
 *
 * @param status the state
 * @param reason readable: what is the matter and what to do about it; empty when there is nothing
 *     to say
 */
public record AccountState(Status status, String reason) {
  /** The API's words for it (contract, models.md, next.Account). */
  public enum Status {
    CONNECTED,
    CONNECTING,
    /** Connected, and older history is still being fetched. */
    BACKFILLING,
    /** The network has ended the login: the person must log in again. */
    RECONNECT_REQUIRED,
    /** Something needs the person, such as a verification. */
    ATTENTION_REQUIRED,
    /** The network cannot be reached; the hub tries again by itself. */
    DISCONNECTED,
    DISABLED
  }

  public static final AccountState CONNECTED = new AccountState(Status.CONNECTED, "");
  public static final AccountState CONNECTING = new AccountState(Status.CONNECTING, "");
}
