package dev.belfry.server.commands;

import dev.belfry.model.HubException;
import dev.belfry.model.StoreFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Commands that answer without a hub. */
final class FakeCommands implements Commands {
  static final Instant NOW = Instant.parse("2026-01-31T10:15:00Z");
  volatile CountDownLatch blocked = new CountDownLatch(0);
  Map<String, String> answers = Map.of();
  Path backup = Path.of("");

  @Override
  public CreatedToken createToken(NewToken wanted) {
    var lifetime = wanted.lifetime();
    Instant expires = lifetime == null ? null : NOW.plus(lifetime);
    return new CreatedToken(
        new TokenEntry(
            "t1",
            wanted.name(),
            wanted.scopes().stream().sorted().toList(),
            NOW,
            expires,
            null,
            wanted.accounts().isEmpty() ? null : wanted.accounts(),
            wanted.chats().isEmpty() ? null : wanted.chats(),
            null),
        "secret of " + wanted.name());
  }

  @Override
  public List<TokenEntry> tokens() {
    return List.of(
        createToken(new NewToken("a", Set.of("read"), null)).token(),
        createToken(new NewToken("b \"ü\" \n", Set.of("read", "write"), Duration.ofDays(1)))
            .token());
  }

  @Override
  public TokenEntry revokeToken(String idOrName) {
    throw HubException.notFound("Token");
  }

  @Override
  public List<ApprovalEntry> approvals() {
    return List.of(
        new ApprovalEntry("BCDF-GHJK", "CLI", true, "http://127.0.0.1:1/cb", List.of("read"), NOW));
  }

  @Override
  public ApprovalEntry decide(String code, boolean approve, @Nullable Duration lifetime) {
    return new ApprovalEntry(code, approve ? "yes" : "no", false, null, List.of("write"), NOW);
  }

  @Override
  public List<AccountEntry> accounts() {
    throw new StoreFault("the disk is full");
  }

  @Override
  public AccountEntry addAccount(String connector, Conversation conversation) throws IOException {
    var field = new Conversation.Field("pw", "Password", "password");
    answers = conversation.ask(new Conversation.Question("Log in", List.of(field)));
    conversation.progress("connecting");
    conversation.progress("backfilling: 1 of 2");
    return new AccountEntry(connector, "Matrix", "@alice:example.org", "connected", "");
  }

  @Override
  public void removeAccount(String id, boolean forget) {
    throw new UnsupportedOperationException("a fault of ours");
  }

  @Override
  public void backup(Path file) {
    backup = file;
  }

  @Override
  public Optional<ServerStatus> server() {
    try {
      blocked.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Optional.of(new ServerStatus(7, "1", List.of("http://127.0.0.1:1"), NOW));
  }

  @Override
  public void close() {
    // has nothing
  }
}
