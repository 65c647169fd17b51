package dev.belfry.server.commands;

import dev.belfry.api.codec.Codec;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import dev.belfry.server.process.Failures;
import io.avaje.jsonb.JsonType;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server does with one connection to its command socket: answers request after request until
 * the other side hangs up.
 */
final class CommandSession implements Conversation {
  private static final System.Logger LOG = System.getLogger(CommandSession.class.getName());
  private static final int LONGEST_REQUEST = 64 * 1024;
  private static final JsonType<Request> REQUEST = Codec.jsonb().type(Request.class);
  private static final JsonType<Reply> REPLY = Codec.jsonb().type(Reply.class);

  private final Lines lines;
  private final Commands commands;

  CommandSession(SocketChannel channel, Commands commands) {
    lines = new Lines(channel, LONGEST_REQUEST);
    this.commands = commands;
  }

  void run() throws IOException, InterruptedException {
    while (true) {
      Optional<Request> request;
      try {
        request = read();
      } catch (Lines.TooLong | Failure e) {
        // what follows cannot be told from garbage
        refuse(ExitStatus.USAGE, "no request: " + e.getMessage());
        return;
      }
      if (request.isEmpty()) {
        return;
      }
      send(answer(request.get()));
    }
  }

  /** Answers whatever comes with an error, and ends. */
  void refuse(ExitStatus status, String message) throws IOException {
    send(new Reply.Refused(status, message));
    lines.end();
  }

  @Override
  public Map<String, String> ask(Question question) throws IOException {
    send(new Reply.Ask(question));
    return switch (read().orElse(null)) {
      case Request.Answers answers -> answers.values();
      case null -> throw new IOException("the command has ended");
      default -> throw new Failure(ExitStatus.USAGE, "answers were expected");
    };
  }

  @Override
  public void progress(String text) throws IOException {
    send(new Reply.Progress(text));
  }

  private Reply answer(Request request) throws IOException, InterruptedException {
    try {
      return switch (request) {
        case Request.CreateToken create -> new Reply.Created(commands.createToken(wanted(create)));
        case Request.ListTokens _ -> new Reply.Tokens(commands.tokens());
        case Request.RevokeToken revoke ->
            new Reply.Tokens(List.of(commands.revokeToken(revoke.idOrName())));
        case Request.ListApprovals _ -> new Reply.Approvals(commands.approvals());
        case Request.Decide decide ->
            new Reply.Approvals(
                List.of(
                    commands.decide(
                        decide.code(),
                        decide.approve(),
                        decide.seconds() == null ? null : Duration.ofSeconds(decide.seconds()))));
        case Request.ListAccounts _ -> new Reply.Accounts(commands.accounts());
        case Request.AddAccount add ->
            new Reply.Accounts(List.of(commands.addAccount(add.connector(), this)));
        case Request.RemoveAccount remove -> {
          commands.removeAccount(remove.id(), remove.forget());
          yield new Reply.Done();
        }
        case Request.Backup backup -> {
          commands.backup(Path.of(backup.file()));
          yield new Reply.Done();
        }
        case Request.Status _ -> new Reply.Server(commands.server().orElseThrow());
        case Request.Answers _ -> new Reply.Refused(ExitStatus.USAGE, "nothing was asked");
      };
    } catch (RuntimeException e) {
      return refusal(e);
    }
  }

  private static Commands.NewToken wanted(Request.CreateToken create) {
    return new Commands.NewToken(
        create.name(),
        new HashSet<>(create.scopes()),
        create.seconds() == null ? null : Duration.ofSeconds(create.seconds()),
        create.accounts() == null ? List.of() : create.accounts(),
        create.chats() == null ? List.of() : create.chats());
  }

  private static Reply refusal(RuntimeException e) {
    if (e instanceof IllegalArgumentException) {
      return new Reply.Refused(ExitStatus.USAGE, Failures.message(e));
    }
    if (!Failures.isExpected(e)) {
      LOG.log(Level.ERROR, "a command failed", e);
    }
    return new Reply.Refused(Failures.status(e), Failures.message(e));
  }

  private Optional<Request> read() throws IOException {
    var line = lines.read();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(REQUEST.fromJson(line.get()));
    } catch (RuntimeException e) { // what generated code throws on garbage is of several kinds
      throw new Failure(ExitStatus.USAGE, "not understood; is the program of another version?", e);
    }
  }

  private void send(Reply reply) throws IOException {
    lines.write(REPLY.toJson(reply));
  }
}
