package dev.belfry.http.json;

import dev.belfry.api.Chat;
import dev.belfry.api.Draft;
import dev.belfry.api.Field;
import dev.belfry.core.Markdown;
import dev.belfry.model.ChatListItem;
import dev.belfry.model.ChatType;
import dev.belfry.model.MessageId;
import dev.belfry.model.Reminder;
import dev.belfry.model.Snooze;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Chats (contract, models.md, Chat). What may be null and is known to be nothing is sent as null.
 */
public final class ChatJson {
  private ChatJson() {}

  public static Chat from(dev.belfry.model.Chat chat) {
    dev.belfry.model.Chat.Flags flags = chat.flags();
    MessageId lastRead = chat.lastReadMessage();
    Integer expiry = chat.messageExpirySeconds();
    return new Chat(
        chat.canonicalId(),
        chat.account().value(),
        chat.network(),
        UserJson.from(chat.participants()),
        chat.title(),
        chat.type() == ChatType.SINGLE ? Chat.Type.SINGLE : Chat.Type.GROUP,
        chat.read().unreadCount(),
        chat.capabilities(),
        Field.ofNullable(chat.description()),
        Field.ofNullable(draft(chat.draft())),
        Field.ofNullable(chat.imgURL()),
        flags.archived(),
        flags.lowPriority(),
        chat.read().markedUnread(),
        flags.muted(),
        flags.pinned(),
        flags.readOnly(),
        chat.lastActivity(),
        lastRead == null ? null : lastRead.sortKey(),
        Field.of(chat.id().toString()),
        Field.ofNullable(expiry == null ? null : expiry.longValue()),
        Field.ofNullable(reminder(chat.reminder())),
        Field.ofNullable(snooze(chat.snooze())),
        chat.read().unreadMentions());
  }

  public static dev.belfry.api.ChatListItem from(ChatListItem item) {
    return new dev.belfry.api.ChatListItem(
        from(item.chat()), item.preview() == null ? null : MessageJson.from(item.preview()));
  }

  private static @Nullable Draft draft(dev.belfry.model.@Nullable Draft draft) {
    if (draft == null) {
      return null;
    }
    var attachments = new LinkedHashMap<String, Draft.DraftAttachment>();
    for (dev.belfry.model.Draft.Attachment file : draft.attachments()) {
      attachments.put(file.id(), attachment(file));
    }
    String html = Markdown.html(draft.text());
    return new Draft(
        html == null ? draft.text() : html, attachments.isEmpty() ? null : attachments);
  }

  private static Draft.DraftAttachment attachment(dev.belfry.model.Draft.Attachment file) {
    return new Draft.DraftAttachment(
        file.id(),
        new Draft.Kind(file.type()),
        file.duration(),
        file.fileName(),
        file.filePath(),
        file.fileSize(),
        file.mimeType(),
        Sparse.size(file.width(), file.height()),
        file.stickerID());
  }

  private static dev.belfry.api.@Nullable Reminder reminder(@Nullable Reminder reminder) {
    return reminder == null
        ? null
        : new dev.belfry.api.Reminder(reminder.remindAt(), reminder.dismissOnIncomingMessage());
  }

  private static dev.belfry.api.@Nullable Snooze snooze(@Nullable Snooze snooze) {
    return snooze == null
        ? null
        : new dev.belfry.api.Snooze(snooze.snoozeUntil(), snooze.userSnoozedAt());
  }
}
