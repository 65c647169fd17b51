package dev.belfry.network;

import dev.belfry.model.User;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finding people on a network and opening chats with them. Asked while somebody waits, so an answer
 * comes within seconds or not at all.
 */
public interface Directory {
  /** People whom the network's own search finds; empty where it has none. */
  List<User> search(String query) throws IOException, InterruptedException;

  /**
   * The person behind an identifier, exactly.
   *
   * @return empty where there is nobody
   */
  Optional<User> resolve(Identifier identifier) throws IOException, InterruptedException;

  /** What a person can be looked up by. */
  sealed interface Identifier {
    /** The network's own id. */
    record Id(String value) implements Identifier {}

    /** A handle. */
    record Username(String value) implements Identifier {}

    /** A phone number, E.164. */
    record Phone(String value) implements Identifier {}

    /** A mail address. */
    record Email(String value) implements Identifier {}
  }

  /**
   * Makes a chat, or finds the direct chat that is there. The chat's events come by the link like
   * all others, perhaps later.
   *
   * @throws RefusedException when the network says no
   */
  Opened open(NewChat chat) throws IOException, RefusedException, InterruptedException;

  /**
   * A chat that is there now.
   *
   * @param existed whether it was there before
   */
  record Opened(String key, boolean existed) {}

  /**
   * A chat to be.
   *
   * @param direct with one person
   * @param people ids on the network, the owner's not among them
   * @param title of a group
   * @param allowInvite whether it may be opened by sending an invitation
   */
  record NewChat(
      boolean direct, List<String> people, @Nullable String title, boolean allowInvite) {}

  /** The network refused; the message says to a person why and what to do. */
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
      super(message);
    }
  }
}
