package dev.belfry.server.commands;

import dev.belfry.server.process.ExitStatus;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What a server says to a command: one line of JSON. Values of different types have different
 * names: the codec's generator numbers them wrongly else.
 */
@Json(typeProperty = "type")
@Json.SubType(type = Reply.Progress.class, name = "progress")
@Json.SubType(type = Reply.Ask.class, name = "ask")
@Json.SubType(type = Reply.Done.class, name = "done")
@Json.SubType(type = Reply.Created.class, name = "created")
@Json.SubType(type = Reply.Tokens.class, name = "tokens")
@Json.SubType(type = Reply.Approvals.class, name = "approvals")
@Json.SubType(type = Reply.Accounts.class, name = "accounts")
@Json.SubType(type = Reply.Server.class, name = "server")
@Json.SubType(type = Reply.Refused.class, name = "refused")
sealed interface Reply {
  /** Not the end: what is going on. */
  record Progress(String text) implements Reply {}

  /** Not the end: {@link Request.Answers} is waited for. */
  record Ask(Conversation.Question question) implements Reply {}

  record Done() implements Reply {}

  record Created(Commands.CreatedToken token) implements Reply {}

  record Tokens(List<TokenEntry> tokens) implements Reply {}

  record Approvals(List<ApprovalEntry> approvals) implements Reply {}

  record Accounts(List<AccountEntry> accounts) implements Reply {}

  record Server(ServerStatus server) implements Reply {}

  record Refused(ExitStatus status, String message) implements Reply {}
}
