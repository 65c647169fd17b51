package dev.belfry.core;

import dev.belfry.model.Grant;
import dev.belfry.model.Message;
import dev.belfry.model.Page;
import dev.belfry.model.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user can do with messages. */
@SuppressWarnings("DoNotCallSuggester")
public final class Messages {
  /**
   * What is to be sent.
   *
   * @param text plain text or Markdown
   * @param replyTo the id of the message it answers
   * @param mentions ids of people, or {@code @room}
   */
  public record NewMessage(String text, @Nullable String replyTo, List<String> mentions) {}

  /**
   * A message that waits to be sent.
   *
   * @param chatId the canonical id
   */
  public record Queued(String chatId, String pendingId) {}

  public Page<Message> list(Grant grant, String chat, PageRequest page) {
    throw new UnsupportedOperationException();
  }

  /** By final id, pending id (once the network has answered) or the network's own. */
  public Message get(Grant grant, String chat, String message) {
    throw new UnsupportedOperationException();
  }

  public Queued send(Grant grant, String chat, NewMessage message) {
    throw new UnsupportedOperationException();
  }
}
