package dev.belfry.core;

import dev.belfry.api.Field;
import dev.belfry.model.Chat;
import dev.belfry.model.ChatPatch.NewDraft;
import dev.belfry.model.Draft;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Upload;
import dev.belfry.model.UploadUse;
import dev.belfry.store.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Drafts (contract, Draft rules): a new one is taken only where there is none, and an empty one is
 * none.
 */
final class Drafts {
  private Drafts() {}

  /** The draft to store; refuses what cannot be before anything is changed. */
  static Field<Draft> checked(Tx tx, Grant grant, Chat chat, Field<NewDraft> wanted) {
    var draft = wanted.orNull();
    if (wanted.isAbsent()) {
      return Field.absent();
    }
    if (draft != null && !draft.isEmpty() && chat.draft() != null) {
      throw HubException.unprocessable(
          "DRAFT_NOT_EMPTY", "This chat has a draft already; clear it with null first");
    }
    return made(tx, grant, draft);
  }

  /** As it is stored; nothing for an empty one. */
  static Field<Draft> made(Tx tx, Grant grant, @Nullable NewDraft draft) {
    if (draft == null || draft.isEmpty()) {
      return Field.nothing();
    }
    var html = Markdown.html(draft.text());
    List<Draft.Attachment> attachments =
        draft.attachments().stream()
            .map(use -> attachment(use, Uploads.require(tx, grant, use)))
            .toList();
    return Field.of(new Draft(html == null ? draft.text() : html, attachments));
  }

  static boolean apply(Tx tx, Chat chat, Field<Draft> draft) {
    if (draft.isAbsent() || (draft.isNothing() && chat.draft() == null)) {
      return false;
    }
    tx.chats().writer().setDraft(chat.id().value(), draft.orNull());
    return true;
  }

  private static Draft.Attachment attachment(UploadUse use, Upload upload) {
    var mimeType = Optional.ofNullable(use.mimeType()).orElse(upload.mimeType());
    return new Draft.Attachment(
        use.key(),
        type(use),
        upload.id(),
        Optional.ofNullable(use.fileName()).orElse(upload.fileName()),
        upload.file().toString(),
        upload.size(),
        mimeType,
        use.width() == null ? upload.width() : use.width(),
        use.height() == null ? upload.height() : use.height(),
        use.duration() == null ? upload.duration() : use.duration(),
        "sticker".equals(use.type()) ? upload.id() : null);
  }

  private static String type(UploadUse use) {
    return switch (use.type()) {
      case null -> "file";
      case "gif" -> "gif";
      case "voice-note", "voiceNote" -> "recorded_audio";
      case String _ -> "file";
    };
  }
}
