package dev.belfry.network;

/**
 * The network has ended the login; trying again with the same one is of no use. The message tells
 * the person what to do.
 */
public final class LoggedOutException extends Exception {
  private static final long serialVersionUID = 1;

  public LoggedOutException(String message) {
    super(message);
  }
}
