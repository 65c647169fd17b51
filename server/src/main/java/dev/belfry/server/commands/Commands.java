package dev.belfry.server.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line can ask of a hub. The same whether the hub has been opened by the command
 * itself or runs in a server.
 *
 * <p>Each throws {@link dev.belfry.server.process.Failure} when it is refused, and an {@link
 * IOException} when the server went away.
 */
public interface Commands extends AutoCloseable {
  /**
   * A token that was just made.
   *
   * @param secret shown this once
   */
  record CreatedToken(TokenEntry token, String secret) {}

  /**
   * A token that is to be made.
   *
   * @param scopes such as {@code read}, {@code write}
   * @param lifetime null for ever
   * @param accounts ids of the accounts it is limited to; empty for all
   * @param chats canonical or local ids of the chats it is limited to; empty for all
   */
  record NewToken(
      String name,
      Set<String> scopes,
      @Nullable Duration lifetime,
      List<String> accounts,
      List<String> chats) {
    /** Without limits. */
    public NewToken(String name, Set<String> scopes, @Nullable Duration lifetime) {
      this(name, scopes, lifetime, List.of(), List.of());
    }
  }

  CreatedToken createToken(NewToken wanted) throws IOException;

  List<TokenEntry> tokens() throws IOException;

  TokenEntry revokeToken(String idOrName) throws IOException;

  /** What programs ask for and nobody has decided yet, the oldest first. */
  List<ApprovalEntry> approvals() throws IOException;

  /**
   * Decides on what a program asks for.
   *
   * @param code as its page shows it
   * @param lifetime how long the program's token is good; null for the usual
   */
  ApprovalEntry decide(String code, boolean approve, @Nullable Duration lifetime)
      throws IOException;

  List<AccountEntry> accounts() throws IOException;

  /**
   * Logs in. With a server running, goes on telling of the first synchronisation until it is over.
   *
   * @param connector the kind, such as {@code matrix}
   */
  AccountEntry addAccount(String connector, Conversation conversation)
      throws IOException, InterruptedException;

  void removeAccount(String id, boolean forget) throws IOException;

  /**
   * Writes all that the data folder holds into one file.
   *
   * @param file absolute, and not there yet
   */
  void backup(Path file) throws IOException;

  /** The server; empty where none runs. */
  Optional<ServerStatus> server() throws IOException;

  @Override
  void close();
}
