package dev.belfry.store;

import dev.belfry.model.MessageQuery.Media;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tags of the search index. */
final class SearchTags {
  private SearchTags() {}

  static String chat(long chat) {
    return "#c" + chat;
  }

  static String sender(long person) {
    return "#s" + person;
  }

  static String account(long account) {
    return "#a" + account;
  }

  static String type(String chatType) {
    return "#t" + chatType.toLowerCase(Locale.ROOT);
  }

  static String media(Media kind) {
    return "#k" + kind.name().toLowerCase(Locale.ROOT);
  }

  /** What a stored message carries. */
  static Set<Media> media(String kind, String body, @Nullable String extra) {
    var result = EnumSet.noneOf(Media.class);
    switch (kind) {
      case "IMAGE", "STICKER" -> result.add(Media.IMAGE);
      case "VIDEO" -> result.add(Media.VIDEO);
      case "FILE", "AUDIO", "VOICE" -> result.add(Media.FILE);
      case String _ -> {}
    }
    boolean previewed = extra != null && StoredJson.extra(extra).links() != null;
    if (previewed || body.contains("https://") || body.contains("http://")) {
      result.add(Media.LINK);
    }
    if (!result.isEmpty()) {
      result.add(Media.ANY);
    }
    return result;
  }
}
