package dev.belfry.network;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** One account's link to its network. The hub opens a fresh one for every attempt to connect. */
public interface NetworkClient extends AutoCloseable {
  /**
   * Connects, then reads until the link ends. Called once, on a virtual thread of its own.
   *
   * @throws IOException when the link broke or could not be made: the hub waits, then opens another
   *     client
   * @throws LoggedOutException when the network has ended the login: the hub stops trying and says
   *     so
   * @throws InterruptedException when the hub ends the link
   */
  void run(Events events) throws IOException, LoggedOutException, InterruptedException;

  /**
   * Carries out one action and waits for the network's answer. Called from several threads, for
   * different chats at once and never twice at once for one chat, and perhaps while {@link #run} is
   * still connecting: it then waits for the connection. A fault of the link is {@link
   * Outcome.RetryLater}, not an exception.
   */
  Outcome perform(Action action) throws InterruptedException;

  /**
   * Fetches what came before a gap of the timeline. Called from any thread, for one chat by one
   * thread at a time.
   *
   * @param token from {@link NetworkEvent.TimelineGap} or an earlier page; only the connector can
   *     read it
   * @param limit about how many events are wanted
   * @throws IOException when the network could not be asked now
   */
  HistoryPage history(String chatKey, String token, int limit)
      throws IOException, InterruptedException;

  /**
   * Fetches a file of a message, decrypted, to {@code target}. Called from any thread.
   *
   * @param id of the attachment
   * @param encryption of the attachment; null for a file in clear
   * @throws FileNotFoundException when the network says that there is no such file
   * @throws IOException when it cannot be had now; the message says why
   */
  default void download(String id, @Nullable String encryption, OutputStream target)
      throws IOException, InterruptedException {
    throw new FileNotFoundException("this network has no files");
  }

  /** People and new chats; null where the network has no such thing. */
  default @Nullable Directory directory() {
    return null;
  }

  /**
   * Tells the others in a chat that the owner is writing, or no longer. Lost without harm; does
   * nothing where the network has no such thing.
   */
  default void typing(String chatKey, boolean typing) throws IOException, InterruptedException {}

  /**
   * Names what the network remembers transaction ids for, such as a Matrix device. While it stays
   * the same, performing a send twice with the same transaction id makes one message. Empty where
   * the network cannot tell a repeat from a new message.
   */
  String device();

  /**
   * Ends the link; {@link #run} then returns or throws. May be called from any thread and twice.
   */
  @Override
  void close();
}
