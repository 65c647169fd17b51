package dev.belfry.model;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message says.
 *
 * @param body plain text: what is searched; empty when there is none
 * @param html Matrix HTML if the message has formatting, else null
 * @param mentions ids of mentioned people or {@code @room}; null for a message from before mentions
 *     were told apart
 * @param mentionsMe whether the account's owner is among them
 * @param replyToKey the network's key of the message that this answers
 * @param hidden not shown to people; still keeps its place in the timeline
 */
@Json
public record MessageContent(
    MessageType type,
    String body,
    @Nullable String html,
    List<Attachment> attachments,
    List<LinkPreview> links,
    @Nullable List<String> mentions,
    boolean mentionsMe,
    @Nullable String replyToKey,
    boolean hidden) {

  /** Plain text and nothing else. */
  public static MessageContent text(String body) {
    return new MessageContent(
        MessageType.TEXT, body, null, List.of(), List.of(), List.of(), false, null, false);
  }

  /** A service message. */
  public static MessageContent notice(String body, boolean hidden) {
    return new MessageContent(
        MessageType.NOTICE, body, null, List.of(), List.of(), List.of(), false, null, hidden);
  }

  public MessageContent withReplyTo(@Nullable String key) {
    return new MessageContent(
        type, body, html, attachments, links, mentions, mentionsMe, key, hidden);
  }

  public MessageContent withHtml(@Nullable String newHtml) {
    return new MessageContent(
        type, body, newHtml, attachments, links, mentions, mentionsMe, replyToKey, hidden);
  }

  public MessageContent withMentions(@Nullable List<String> people, boolean me) {
    return new MessageContent(type, body, html, attachments, links, people, me, replyToKey, hidden);
  }

  public MessageContent withLinks(List<LinkPreview> previews) {
    return new MessageContent(
        type, body, html, attachments, previews, mentions, mentionsMe, replyToKey, hidden);
  }

  public MessageContent withAttachments(MessageType newType, List<Attachment> files) {
    return new MessageContent(
        newType, body, html, files, links, mentions, mentionsMe, replyToKey, hidden);
  }
}
