package dev.belfry.server.commands;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command sends to a server: one line of JSON. Each gets one {@link Reply} that ends it. */
@Json(typeProperty = "type")
@Json.SubType(type = Request.CreateToken.class, name = "token.create")
@Json.SubType(type = Request.ListTokens.class, name = "token.list")
@Json.SubType(type = Request.RevokeToken.class, name = "token.revoke")
@Json.SubType(type = Request.ListApprovals.class, name = "approval.list")
@Json.SubType(type = Request.Decide.class, name = "approval.decide")
@Json.SubType(type = Request.ListAccounts.class, name = "account.list")
@Json.SubType(type = Request.AddAccount.class, name = "account.add")
@Json.SubType(type = Request.Answers.class, name = "answers")
@Json.SubType(type = Request.RemoveAccount.class, name = "account.remove")
@Json.SubType(type = Request.Backup.class, name = "backup")
@Json.SubType(type = Request.Status.class, name = "status")
sealed interface Request {
  /**
   * Asks for a token.
   *
   * @param seconds how long it is good; null for ever
   * @param accounts what it is limited to; null or empty for all
   * @param chats likewise
   */
  record CreateToken(
      String name,
      List<String> scopes,
      @Nullable Long seconds,
      @Nullable List<String> accounts,
      @Nullable List<String> chats)
      implements Request {}

  record ListTokens() implements Request {}

  record RevokeToken(String idOrName) implements Request {}

  record ListApprovals() implements Request {}

  /**
   * Decides on what a program asks for.
   *
   * @param seconds how long its token is good; null for the usual
   */
  record Decide(String code, boolean approve, @Nullable Long seconds) implements Request {}

  record ListAccounts() implements Request {}

  record AddAccount(String connector) implements Request {}

  /** To {@link Reply.Ask}. */
  record Answers(Map<String, String> values) implements Request {}

  record RemoveAccount(String id, boolean forget) implements Request {}

  record Backup(String file) implements Request {}

  record Status() implements Request {}
}
