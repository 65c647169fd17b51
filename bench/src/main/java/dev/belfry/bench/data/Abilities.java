package dev.belfry.bench.data;

import dev.belfry.api.Capabilities;
import dev.belfry.api.Capabilities.AttachmentRules;
import dev.belfry.api.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What chats can do, about as long as networks tell it. */
final class Abilities {
  private static final Level FULL = new Level(2);
  private static final Level REFUSED = new Level(-2);

  private Abilities() {}

  /** One chat in two can do everything, the others cannot edit. */
  static Capabilities of(boolean everything) {
    return Capabilities.builder()
        .allowedReactions(everything ? null : List.of("👍", "❤️", "😂", "😮", "😢", "🙏"))
        .archive(true)
        .attachments(files())
        .delete(FULL)
        .deleteForMe(true)
        .deleteMaxAge(172_800L)
        .edit(everything ? FULL : REFUSED)
        .editMaxAge(900L)
        .formatting(levels("bold", "italic", "strikethrough", "inline_code"))
        .markAsUnread(true)
        .maxTextLength(65_536L)
        .reaction(FULL)
        .reactionCount(1L)
        .readReceipts(true)
        .reply(FULL)
        .typingNotifications(true)
        .build();
  }

  private static Map<String, AttachmentRules> files() {
    var files = new LinkedHashMap<String, AttachmentRules>();
    files.put("m.image", rules("image/jpeg", "image/png", "image/gif", "image/webp"));
    files.put("m.video", rules("video/mp4", "video/3gpp"));
    files.put("m.audio", rules("audio/mpeg", "audio/ogg", "audio/mp4"));
    files.put("m.file", rules("*/*"));
    return files;
  }

  private static AttachmentRules rules(String... types) {
    return new AttachmentRules(levels(types), FULL, 1024L, null, null, 100_000_000L, null, true);
  }

  /** In the order given, so that the data are the same every time. */
  private static Map<String, Level> levels(String... names) {
    var levels = new LinkedHashMap<String, Level>();
    for (var name : names) {
      levels.put(name, FULL);
    }
    return levels;
  }
}
