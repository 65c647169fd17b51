package dev.belfry.server.commands;

import dev.belfry.core.Hub;
import dev.belfry.core.Tokens;
import dev.belfry.core.access.PendingRequest;
import dev.belfry.model.Account;
import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.Grant;
import dev.belfry.network.LoginStep;
import dev.belfry.server.folder.Reasons;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The commands, carried out on a hub of this process. */
public final class HubCommands implements Commands {
  private final Hub hub;
  private final @Nullable ServerStatus server;

  /**
   * Does not own the hub.
   *
   * @param server what this process is when it serves; null for a command that has opened the hub
   *     for itself
   */
  public HubCommands(Hub hub, @Nullable ServerStatus server) {
    this.hub = hub;
    this.server = server;
  }

  @Override
  public CreatedToken createToken(NewToken wanted) {
    var granted =
        wanted.scopes().stream()
            .map(scope -> Grant.Scope.valueOf(scope.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
    var limits = new Tokens.Limits(wanted.accounts(), wanted.chats());
    var made = hub.tokens().create(wanted.name(), granted, wanted.lifetime(), limits);
    return new CreatedToken(entry(made.token()), made.secret());
  }

  @Override
  public List<TokenEntry> tokens() {
    return hub.tokens().list().stream().map(HubCommands::entry).toList();
  }

  @Override
  public TokenEntry revokeToken(String idOrName) {
    return entry(hub.tokens().revoke(idOrName));
  }

  @Override
  public List<ApprovalEntry> approvals() {
    requireServer();
    return hub.consents().waiting().stream().map(HubCommands::entry).toList();
  }

  @Override
  public ApprovalEntry decide(String code, boolean approve, @Nullable Duration lifetime) {
    requireServer();
    return entry(hub.consents().decide(code, approve, lifetime));
  }

  private void requireServer() {
    if (server == null) {
      throw new Failure(
          ExitStatus.REFUSED,
          "no server runs on this data folder, so no program can ask; `belfry serve` runs one, and"
              + " --data names another folder");
    }
  }

  @Override
  public List<AccountEntry> accounts() {
    return hub.accounts().list(Grant.HUB).stream().map(HubCommands::entry).toList();
  }

  @Override
  public AccountEntry addAccount(String connector, Conversation conversation)
      throws IOException, InterruptedException {
    long begin = hub.changes().last();
    AccountId added;
    try (var session = hub.accounts().login(connector)) {
      var step = reach(session::begin);
      while (!(step instanceof LoginStep.Complete)) {
        step =
            switch (step) {
              case LoginStep.UserInput input -> {
                var answers = conversation.ask(question(input));
                yield reach(() -> session.submit(answers));
              }
              case LoginStep.Failed failed ->
                  throw new Failure(ExitStatus.NETWORK, failed.message());
              case LoginStep.Complete complete -> complete;
            };
      }
      added = session.account().id();
    }
    if (server != null) {
      new FirstSync(hub, added, begin).follow(conversation);
    }
    return entry(account(added));
  }

  @Override
  public void removeAccount(String id, boolean forget) {
    hub.accounts().remove(account(id).id(), forget);
  }

  @Override
  public void backup(Path file) {
    if (Files.exists(file)) {
      throw new Failure(
          ExitStatus.REFUSED, file + " is there already: name a file that is not, or remove it");
    }
    hub.backup(file);
  }

  @Override
  public Optional<ServerStatus> server() {
    return Optional.ofNullable(server);
  }

  @Override
  public void close() {
    // the hub is its owner's
  }

  private interface Attempt {
    LoginStep run() throws IOException, InterruptedException;
  }

  /** Tells trouble with the network from trouble with whom we talk to. */
  private static LoginStep reach(Attempt attempt) throws InterruptedException {
    try {
      return attempt.run();
    } catch (IOException e) {
      throw new Failure(
          ExitStatus.NETWORK, "the network could not be reached: " + Reasons.of(e), e);
    }
  }

  private Account account(AccountId id) {
    return account(id.value());
  }

  private Account account(String id) {
    var accounts = hub.accounts().list(Grant.HUB);
    return accounts.stream()
        .filter(account -> account.id().value().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                ExitStatus.REFUSED,
                "there is no account " + id + "; `belfry account list` shows those there are"));
  }

  private static Conversation.Question question(LoginStep.UserInput input) {
    return new Conversation.Question(
        input.instructions(),
        input.fields().stream()
            .map(field -> new Conversation.Field(field.id(), field.label(), field.type()))
            .toList());
  }

  private static TokenEntry entry(Tokens.Token token) {
    return new TokenEntry(
        token.id(),
        token.name(),
        words(token.scopes()),
        token.createdAt(),
        token.expiresAt(),
        token.lastUsedAt(),
        token.accounts(),
        token.chats(),
        token.consent() == null ? null : token.consent().client());
  }

  private static List<String> words(Set<Grant.Scope> scopes) {
    return scopes.stream().map(scope -> scope.name().toLowerCase(Locale.ROOT)).sorted().toList();
  }

  private static ApprovalEntry entry(PendingRequest asked) {
    var request = asked.request();
    return new ApprovalEntry(
        asked.code(),
        request.clientName() == null ? request.clientId() : request.clientName(),
        request.clientName() != null,
        request.redirectUri(),
        words(request.scopes()),
        asked.askedAt());
  }

  private static AccountEntry entry(Account account) {
    return new AccountEntry(
        account.id().value(),
        account.network(),
        account.self().id().value(),
        word(account.state()),
        account.state().reason());
  }

  /** Such as {@code reconnect required}. */
  static String word(AccountState state) {
    return state.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
