package dev.belfry.http.json;

import dev.belfry.api.Field;
import dev.belfry.api.Message;
import dev.belfry.api.Message.Link;
import dev.belfry.api.Message.SendState;
import dev.belfry.api.Message.SendStatus;
import dev.belfry.api.codec.Timestamp;
import dev.belfry.model.Delivery;
import dev.belfry.model.LinkPreview;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageId;
import dev.belfry.model.MessageType;
import dev.belfry.model.Reaction;
import dev.belfry.model.Seen;
import dev.belfry.model.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Messages (contract, models.md, Message). */
public final class MessageJson {
  private MessageJson() {}

  public static Message from(dev.belfry.model.Message message) {
    MessageContent content = message.content();
    boolean deleted = message.isDeleted();
    MessageId linked = message.linkedMessage();
    return new Message(
        message.apiId(),
        message.account().value(),
        message.chatCanonicalId(),
        message.sender().value(),
        message.id().sortKey(),
        message.timestamp(),
        deleted ? null : all(content.attachments(), AttachmentJson::from),
        message.editedTimestamp(),
        Sparse.flag(deleted),
        Sparse.flag(content.hidden()),
        message.isSender(),
        message.isUnread(),
        linked == null ? null : linked.toString(),
        deleted ? null : all(content.links(), MessageJson::link),
        Field.ofNullable(content.mentions()),
        all(message.reactions(), MessageJson::reaction),
        seen(message.seen()),
        message.senderName(),
        status(message.delivery()),
        deleted ? null : text(content),
        type(content.type()));
  }

  private static <T, R> @Nullable List<R> all(List<T> items, Function<T, R> each) {
    return items.isEmpty() ? null : items.stream().map(each).toList();
  }

  private static @Nullable String text(MessageContent content) {
    String html = content.html();
    return html == null ? Sparse.text(content.body()) : html;
  }

  private static Message.Type type(MessageType type) {
    return switch (type) {
      case TEXT -> Message.Type.TEXT;
      case NOTICE -> Message.Type.NOTICE;
      case IMAGE -> Message.Type.IMAGE;
      case VIDEO -> Message.Type.VIDEO;
      case VOICE -> Message.Type.VOICE;
      case AUDIO -> Message.Type.AUDIO;
      case FILE -> Message.Type.FILE;
      case STICKER -> Message.Type.STICKER;
      case LOCATION -> Message.Type.LOCATION;
      case REACTION -> Message.Type.REACTION;
    };
  }

  private static Link link(LinkPreview link) {
    return new Link(
        link.title(),
        link.url(),
        link.favicon(),
        link.img(),
        Sparse.size(link.imgWidth(), link.imgHeight()),
        link.originalURL(),
        link.summary());
  }

  /** The id holds the key, as one person may react with several. */
  private static dev.belfry.api.Reaction reaction(Reaction reaction) {
    String person = reaction.participant().value();
    return new dev.belfry.api.Reaction(
        person + reaction.key(), person, reaction.key(), reaction.emoji(), reaction.imgURL());
  }

  private static dev.belfry.api.@Nullable Seen seen(@Nullable Seen seen) {
    if (seen == null) {
      return null;
    }
    var people = new LinkedHashMap<String, dev.belfry.api.Seen>();
    seen.by()
        .forEach((who, when) ->
            people.put(who.value(), new dev.belfry.api.Seen.At(Timestamp.format(when))));
    return new dev.belfry.api.Seen.ByParticipant(people);
  }

  private static @Nullable SendStatus status(@Nullable Delivery delivery) {
    return switch (delivery) {
      case null -> null;
      case Delivery.Queued queued ->
          new SendStatus(SendState.PENDING, queued.since(), null, null, null, null);
      case Delivery.Sent sent ->
          new SendStatus(SendState.SUCCESS, sent.since(), null, null, null, null);
      case Delivery.Delivered delivered ->
          new SendStatus(
              SendState.SUCCESS,
              delivered.since(),
              all(delivered.to(), UserId::value),
              null,
              null,
              null);
      case Delivery.Failed failed ->
          new SendStatus(
              failed.retryable() ? SendState.FAIL_RETRIABLE : SendState.FAIL_PERMANENT,
              failed.since(),
              null,
              null,
              failed.message(),
              failed.reason());
    };
  }
}
