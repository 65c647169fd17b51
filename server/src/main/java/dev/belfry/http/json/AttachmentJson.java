package dev.belfry.http.json;

import dev.belfry.api.Attachment;
import org.jspecify.annotations.Nullable;

/** Files of messages (contract, models.md, Attachment). */
final class AttachmentJson {
  private AttachmentJson() {}

  static Attachment from(dev.belfry.model.Attachment file) {
    return new Attachment(
        new Attachment.Type(file.type()),
        file.id(),
        file.duration(),
        file.fileName(),
        file.fileSize(),
        Sparse.flag(file.isGif()),
        Sparse.flag(file.isSticker()),
        Sparse.flag(file.isVoiceNote()),
        file.mimeType(),
        file.posterImg(),
        Sparse.size(file.width(), file.height()),
        file.srcURL(),
        transcription(file.transcription()));
  }

  private static Attachment.@Nullable Transcription transcription(
      dev.belfry.model.Attachment.@Nullable Transcription speech) {
    return speech == null
        ? null
        : new Attachment.Transcription(speech.engine(), speech.text(), speech.language());
  }
}
