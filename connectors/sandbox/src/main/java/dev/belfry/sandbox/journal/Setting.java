package dev.belfry.sandbox.journal;

import dev.belfry.api.Field;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.NetworkEvent.ChatChanged;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the network keeps of a chat's looks and of its place in the owner's order. */
public enum Setting {
  ARCHIVED,
  LOW_PRIORITY,
  MUTED,
  PINNED,
  TITLE,
  DESCRIPTION,
  AVATAR,
  EXPIRY;

  /** The one setting that an update is about; empty for an update about anything else. */
  public static Optional<Setting> of(ChatUpdate update) {
    for (Setting setting : values()) {
      if (setting.isIn(update)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  private boolean isIn(ChatUpdate update) {
    return switch (this) {
      case ARCHIVED -> update.archived() != null;
      case LOW_PRIORITY -> update.lowPriority() != null;
      case MUTED -> update.muted() != null;
      case PINNED -> update.pinned() != null;
      case TITLE -> !update.title().isAbsent();
      case DESCRIPTION -> !update.description().isAbsent();
      case AVATAR -> !update.imgURL().isAbsent();
      case EXPIRY -> !update.messageExpirySeconds().isAbsent();
    };
  }

  /** What an update says of this setting; null for nothing, or that there is none. */
  public @Nullable String value(ChatUpdate update) {
    return switch (this) {
      case ARCHIVED -> text(update.archived());
      case LOW_PRIORITY -> text(update.lowPriority());
      case MUTED -> text(update.muted());
      case PINNED -> text(update.pinned());
      case TITLE -> text(update.title());
      case DESCRIPTION -> text(update.description());
      case AVATAR -> text(update.imgURL());
      case EXPIRY -> text(update.messageExpirySeconds());
    };
  }

  private static @Nullable String text(@Nullable Boolean flag) {
    return flag == null ? null : flag.toString();
  }

  private static @Nullable String text(Field<?> field) {
    Object value = field.orNull();
    return value == null ? null : value.toString();
  }

  /** The news that a chat has this now. */
  public ChatChanged changed(String chatKey, @Nullable String value) {
    var update = ChatUpdate.builder();
    switch (this) {
      case ARCHIVED -> update.archived(Boolean.parseBoolean(value));
      case LOW_PRIORITY -> update.lowPriority(Boolean.parseBoolean(value));
      case MUTED -> update.muted(Boolean.parseBoolean(value));
      case PINNED -> update.pinned(Boolean.parseBoolean(value));
      case TITLE -> update.title(value);
      case DESCRIPTION -> update.description(value);
      case AVATAR -> update.imgURL(value);
      case EXPIRY -> update.messageExpirySeconds(value == null ? null : Integer.valueOf(value));
    }
    return new ChatChanged(chatKey, update.build());
  }
}
