package dev.belfry.server.commands;

import dev.belfry.core.Hub;
import dev.belfry.model.AccountId;
import dev.belfry.model.AccountState;
import dev.belfry.model.Change;
import dev.belfry.model.ChatId;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells how an account that was just added fills with chats, until its first synchronisation is
 * over or has failed.
 */
final class FirstSync {
  private static final Duration BETWEEN_LINES = Duration.ofMillis(500);
  private static final int CHANGES_AT_A_TIME = 500;

  private final Hub hub;
  private final AccountId account;
  private final Map<ChatId, Boolean> chats = new HashMap<>();
  private long seen;

  /**
   * @param seen the newest change before the login
   */
  FirstSync(Hub hub, AccountId account, long seen) {
    this.hub = hub;
    this.account = account;
    this.seen = seen;
  }

  void follow(Conversation conversation) throws IOException, InterruptedException {
    String told = "";
    while (true) {
      read();
      var state = state();
      String text = text(state);
      if (!text.equals(told)) {
        conversation.progress(text);
        told = text;
      }
      if (isOver(state)) {
        return;
      }
      if (hub.changes().await(seen, BETWEEN_LINES)) {
        Thread.sleep(BETWEEN_LINES); // not a line a chat
      }
    }
  }

  private void read() {
    while (true) {
      var changes = hub.changes().after(seen, CHANGES_AT_A_TIME);
      for (var change : changes) {
        seen = change.seq();
        if (change instanceof Change.ChatUpserted upserted) {
          chats.computeIfAbsent(upserted.chat(), this::isOurs);
        }
      }
      if (changes.size() < CHANGES_AT_A_TIME) {
        return;
      }
    }
  }

  private boolean isOurs(ChatId chat) {
    try {
      return hub.chats().get(Grant.HUB, chat.toString(), 0).account().equals(account);
    } catch (HubException _) {
      return false; // it is gone again
    }
  }

  private AccountState state() {
    return hub.accounts().list(Grant.HUB).stream()
        .filter(each -> each.id().equals(account))
        .findFirst()
        .orElseThrow(() -> HubException.notFound("Account"))
        .state();
  }

  private String text(AccountState state) {
    long ours = chats.values().stream().filter(isOurs -> isOurs).count();
    String reason = state.reason().isEmpty() ? "" : ": " + state.reason();
    return "%s, %d chats so far%s".formatted(HubCommands.word(state), ours, reason);
  }

  private static boolean isOver(AccountState state) {
    return switch (state.status()) {
      case CONNECTING -> false;
      case CONNECTED, BACKFILLING, RECONNECT_REQUIRED, ATTENTION_REQUIRED, DISCONNECTED, DISABLED ->
          true;
    };
  }
}
