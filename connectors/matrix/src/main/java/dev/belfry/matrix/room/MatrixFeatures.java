package dev.belfry.matrix.room;

import dev.belfry.api.Capabilities;
import dev.belfry.api.Capabilities.AttachmentRules;
import dev.belfry.api.Capabilities.ParticipantActions;
import dev.belfry.api.Capabilities.State;
import dev.belfry.api.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be done in a room of Matrix itself, where no bridge says otherwise. */
final class MatrixFeatures {
  /**
   * Characters that surely fit: an event holds 65,536 bytes (specification, Size limits), the text
   * is in it twice when formatted, and encryption and the frame around it take their part.
   */
  private static final long MAX_TEXT = 16_000;

  private static final List<String> FORMATTING =
      List.of(
          "bold",
          "italic",
          "underline",
          "strikethrough",
          "inline_code",
          "code_block",
          "code_block.syntax_highlighting",
          "blockquote",
          "inline_link",
          "user_link",
          "room_link",
          "event_link",
          "at_room_mention",
          "unordered_list",
          "ordered_list",
          "ordered_list.start",
          "custom_emoji",
          "spoiler",
          "spoiler.reason",
          "color.foreground",
          "color.background",
          "horizontal_line",
          "headers",
          "superscript",
          "subscript",
          "math",
          "details_summary",
          "table");

  private static final Capabilities OF_MATRIX =
      Capabilities.builder()
          .attachments(attachments())
          .customEmojiReactions(true)
          .delete(Level.FULL)
          .edit(Level.FULL)
          .formatting(formatting())
          .locationMessage(Level.FULL)
          .markAsUnread(true)
          .maxTextLength(MAX_TEXT)
          .participantActions(
              new ParticipantActions(Level.FULL, Level.FULL, Level.FULL, Level.FULL, Level.FULL))
          .poll(Level.FULL)
          .reaction(Level.FULL)
          .readReceipts(true)
          .reply(Level.FULL)
          .thread(Level.FULL)
          .typingNotifications(true)
          .build();

  private MatrixFeatures() {}

  /**
   * @param settings those that its owner may change
   */
  static Capabilities with(State settings) {
    return OF_MATRIX.toBuilder().state(settings).build();
  }

  private static Map<String, Level> formatting() {
    Map<String, Level> levels = new LinkedHashMap<>();
    FORMATTING.forEach(feature -> levels.put(feature, Level.FULL));
    return levels;
  }

  private static Map<String, AttachmentRules> attachments() {
    Map<String, AttachmentRules> rules = new LinkedHashMap<>();
    rules.put("m.image", rule("image/*"));
    rules.put("m.video", rule("video/*"));
    rules.put("m.audio", rule("audio/*"));
    rules.put("m.file", rule("*/*"));
    rules.put("org.matrix.msc3245.voice", rule("audio/*"));
    rules.put("fi.mau.gif", rule("image/gif"));
    rules.put("m.sticker", rule("image/*"));
    return rules;
  }

  private static AttachmentRules rule(String types) {
    return new AttachmentRules(
        Map.of(types, Level.FULL), Level.FULL, MAX_TEXT, null, null, null, null, null);
  }
}
