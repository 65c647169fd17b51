package dev.belfry.server.commands;

import dev.belfry.api.codec.Codec;
import dev.belfry.network.Threads;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import io.avaje.jsonb.JsonType;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The commands, carried out by a running server. */
final class RemoteCommands implements Commands {
  private static final System.Logger LOG = System.getLogger(RemoteCommands.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST_REPLY = 64 << 20;
  private static final JsonType<Request> REQUEST = Codec.jsonb().type(Request.class);
  private static final JsonType<Reply> REPLY = Codec.jsonb().type(Reply.class);

  /** For what has nothing to tell or ask. */
  private static final Conversation SILENT =
      new Conversation() {
        @Override
        public java.util.Map<String, String> ask(Question question) throws IOException {
          throw new IOException("the server asks a question that does not belong here");
        }

        @Override
        public void progress(String text) {
          // nobody listens
        }
      };

  private final SocketChannel channel;
  private final Lines lines;

  private RemoteCommands(SocketChannel channel) {
    this.channel = channel;
    lines = new Lines(channel, LONGEST_REPLY);
  }

  /**
   * @throws IOException when no server listens at {@code socket}
   * @throws Failure when one does, and says nothing
   */
  static RemoteCommands connect(Path socket) throws IOException {
    return connect(socket, PATIENCE);
  }

  /**
   * @param patience how long a server may take for its first word. After that it is at work, which
   *     may last: a backup, a login.
   */
  static RemoteCommands connect(Path socket, Duration patience) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    var isLate = new AtomicBoolean();
    var watch = Thread.ofVirtual().name("patience").start(() -> watch(channel, patience, isLate));
    var remote = new RemoteCommands(channel);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      var _ = remote.server();
      return remote;
    } catch (IOException e) {
      channel.close();
      if (isLate.get()) {
        throw new Failure(
            ExitStatus.IN_USE,
            "the server that has this data folder does not answer commands; look into its log, or end it",
            e);
      }
      throw e;
    } catch (RuntimeException e) {
      channel.close();
      throw e;
    } finally {
      Threads.end(watch);
    }
  }

  private static void watch(SocketChannel channel, Duration patience, AtomicBoolean isLate) {
    try {
      Thread.sleep(patience);
      isLate.set(true);
      channel.close();
    } catch (InterruptedException _) {
      // it has answered
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the socket could not be closed", e);
    }
  }

  @Override
  public CreatedToken createToken(NewToken wanted) throws IOException {
    var lifetime = wanted.lifetime();
    return ask(
            new Request.CreateToken(
                wanted.name(),
                wanted.scopes().stream().sorted().toList(),
                lifetime == null ? null : lifetime.toSeconds(),
                wanted.accounts(),
                wanted.chats()),
            SILENT,
            Reply.Created.class)
        .token();
  }

  @Override
  public List<TokenEntry> tokens() throws IOException {
    return ask(new Request.ListTokens(), SILENT, Reply.Tokens.class).tokens();
  }

  @Override
  public TokenEntry revokeToken(String idOrName) throws IOException {
    return ask(new Request.RevokeToken(idOrName), SILENT, Reply.Tokens.class).tokens().getFirst();
  }

  @Override
  public List<ApprovalEntry> approvals() throws IOException {
    return ask(new Request.ListApprovals(), SILENT, Reply.Approvals.class).approvals();
  }

  @Override
  public ApprovalEntry decide(String code, boolean approve, @Nullable Duration lifetime)
      throws IOException {
    Long seconds = lifetime == null ? null : lifetime.toSeconds();
    return ask(new Request.Decide(code, approve, seconds), SILENT, Reply.Approvals.class)
        .approvals()
        .getFirst();
  }

  @Override
  public List<AccountEntry> accounts() throws IOException {
    return ask(new Request.ListAccounts(), SILENT, Reply.Accounts.class).accounts();
  }

  @Override
  public AccountEntry addAccount(String connector, Conversation conversation) throws IOException {
    return ask(new Request.AddAccount(connector), conversation, Reply.Accounts.class)
        .accounts()
        .getFirst();
  }

  @Override
  public void removeAccount(String id, boolean forget) throws IOException {
    ask(new Request.RemoveAccount(id, forget), SILENT, Reply.Done.class);
  }

  @Override
  public void backup(Path file) throws IOException {
    ask(new Request.Backup(file.toString()), SILENT, Reply.Done.class);
  }

  @Override
  public Optional<ServerStatus> server() throws IOException {
    return Optional.of(ask(new Request.Status(), SILENT, Reply.Server.class).server());
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // there is nothing more to say to it
    }
  }

  private <R extends Reply> R ask(Request request, Conversation conversation, Class<R> wanted)
      throws IOException {
    lines.write(REQUEST.toJson(request));
    while (true) {
      String line =
          lines
              .read()
              .orElseThrow(() -> new EOFException("the server ended before it had answered"));
      var reply = REPLY.fromJson(line);
      switch (reply) {
        case Reply.Progress progress -> conversation.progress(progress.text());
        case Reply.Ask ask ->
            lines.write(REQUEST.toJson(new Request.Answers(conversation.ask(ask.question()))));
        case Reply.Refused refused -> throw new Failure(refused.status(), refused.message());
        case Reply.Done _,
            Reply.Created _,
            Reply.Tokens _,
            Reply.Approvals _,
            Reply.Accounts _,
            Reply.Server _ -> {
          return wanted.cast(reply);
        }
      }
    }
  }
}
