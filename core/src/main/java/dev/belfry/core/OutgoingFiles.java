package dev.belfry.core;

import dev.belfry.model.Attachment;
import dev.belfry.model.Chat;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import dev.belfry.model.Upload;
import dev.belfry.model.UploadUse;
import dev.belfry.store.Tx;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An upload as the attachment of a message (contract, MessageSendParams.Attachment). What the
 * client says overrides what the upload found.
 */
final class OutgoingFiles {
  private OutgoingFiles() {}

  static MessageContent attach(
      Tx tx, Grant grant, Chat chat, MessageContent content, UploadUse use) {
    var upload = Uploads.require(tx, grant, use);
    var mimeType = use.mimeType() == null ? upload.mimeType() : use.mimeType();
    var type = type(use.type(), mimeType);
    var file = attachment(upload, use, mimeType, type);
    checkRules(chat, type, file);
    tx.uploads().keepUntilSent(upload.id(), tx.now());
    return content.withAttachments(type, List.of(file));
  }

  private static MessageType type(@Nullable String hint, String mimeType) {
    return switch (hint) {
      case "image", "gif" -> mimeType.startsWith("video/") ? MessageType.VIDEO : MessageType.IMAGE;
      case "video" -> MessageType.VIDEO;
      case "audio" -> MessageType.AUDIO;
      case "voice-note", "voiceNote" -> MessageType.VOICE;
      case "sticker" -> MessageType.STICKER;
      case "file" -> MessageType.FILE;
      case null, default -> byMime(mimeType);
    };
  }

  private static MessageType byMime(String mimeType) {
    var kind = mimeType.toLowerCase(Locale.ROOT);
    if (kind.startsWith("image/")) {
      return MessageType.IMAGE;
    }
    if (kind.startsWith("video/")) {
      return MessageType.VIDEO;
    }
    return kind.startsWith("audio/") ? MessageType.AUDIO : MessageType.FILE;
  }

  private static Attachment attachment(
      Upload upload, UploadUse use, String mimeType, MessageType type) {
    return new Attachment(
        coarse(type),
        null,
        upload.file().toUri().toString(),
        use.fileName() == null ? upload.fileName() : use.fileName(),
        mimeType,
        upload.size(),
        use.width() == null ? upload.width() : use.width(),
        use.height() == null ? upload.height() : use.height(),
        use.duration() == null ? upload.duration() : use.duration(),
        "gif".equals(use.type()) || mimeType.equals("image/gif"),
        type == MessageType.STICKER,
        type == MessageType.VOICE,
        null,
        null,
        null);
  }

  private static String coarse(MessageType type) {
    return switch (type) {
      case IMAGE, STICKER -> "img";
      case VIDEO -> "video";
      case AUDIO, VOICE -> "audio";
      case FILE, TEXT, NOTICE, LOCATION, REACTION -> "unknown";
    };
  }

  /** The network's rules for this kind of file; where it has none at all, it answers for itself. */
  private static void checkRules(Chat chat, MessageType type, Attachment file) {
    var kinds = chat.capabilities().attachments();
    if (kinds == null) {
      return;
    }
    var rules = kinds.get(networkKind(type));
    if (rules == null) {
      throw HubException.unprocessable(
          "ATTACHMENT_NOT_SUPPORTED",
          "Files of this kind (%s) cannot be sent on %s"
              .formatted(type.name().toLowerCase(Locale.ROOT), chat.network()));
    }
    var largest = rules.maxSize();
    var size = file.fileSize();
    if (largest != null && size != null && size > largest) {
      throw HubException.unprocessable(
          "ATTACHMENT_TOO_LARGE",
          "The file has %d bytes; %s takes %d at the most"
              .formatted(size, chat.network(), largest));
    }
  }

  /** The keys of the capabilities' attachment rules are Matrix message types. */
  private static String networkKind(MessageType type) {
    return switch (type) {
      case IMAGE -> "m.image";
      case VIDEO -> "m.video";
      case AUDIO -> "m.audio";
      case VOICE -> "org.matrix.msc3245.voice";
      case STICKER -> "m.sticker";
      case FILE, TEXT, NOTICE, LOCATION, REACTION -> "m.file";
    };
  }
}
