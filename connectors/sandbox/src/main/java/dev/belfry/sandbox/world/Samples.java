package dev.belfry.sandbox.world;

import dev.belfry.model.Attachment;
import dev.belfry.model.Attachment.Transcription;
import dev.belfry.model.Draft;
import dev.belfry.model.LinkPreview;
import dev.belfry.sandbox.media.MediaFolder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attachments and previews whose files are really there. */
final class Samples {
  private final String account;
  private final MediaFolder media;

  Samples(String account, MediaFolder media) {
    this.account = account;
    this.media = media;
  }

  Attachment photo(int number) {
    return file("img", "photo-" + number + ".jpg", "image/jpeg", 480, 360);
  }

  Attachment screenshot() {
    return file(
        "img",
        "screenshot.png",
        "image/png",
        MediaFolder.SCREENSHOT_WIDTH,
        MediaFolder.SCREENSHOT_HEIGHT);
  }

  Attachment gif() {
    return attachment(
        "img", "bounce.gif", "image/gif", 96, 72, null, true, false, false, null, null);
  }

  Attachment sticker() {
    return attachment(
        "img", "fox.webp", "image/webp", 128, 128, null, false, true, false, null, null);
  }

  Attachment video() {
    return attachment(
        "video",
        "lighthouse.mp4",
        "video/mp4",
        160,
        120,
        3.0,
        false,
        false,
        false,
        media.url("lighthouse-poster.jpg"),
        null);
  }

  Attachment voice(String spoken, String language) {
    return attachment(
        "audio",
        "voice.ogg",
        "audio/ogg",
        null,
        null,
        4.2,
        false,
        false,
        true,
        null,
        new Transcription("sandbox", spoken, language));
  }

  Attachment audio() {
    return attachment(
        "audio",
        "melody.wav",
        "audio/wav",
        null,
        null,
        MediaFolder.MELODY_SECONDS,
        false,
        false,
        false,
        null,
        null);
  }

  Attachment document() {
    return file("unknown", "itinerary.pdf", "application/pdf", null, null);
  }

  Attachment notes() {
    return file("unknown", "notes.txt", "text/plain", null, null);
  }

  private Attachment file(
      String type,
      String name,
      String mimeType,
      @Nullable Integer width,
      @Nullable Integer height) {
    return attachment(type, name, mimeType, width, height, null, false, false, false, null, null);
  }

  private Attachment attachment(
      String type,
      String name,
      String mimeType,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Double duration,
      boolean gif,
      boolean sticker,
      boolean voiceNote,
      @Nullable String poster,
      @Nullable Transcription transcription) {
    return new Attachment(
        type,
        "localmxc://sandbox/" + account + "/" + name,
        media.url(name),
        name,
        mimeType,
        media.size(name),
        width,
        height,
        duration,
        gif,
        sticker,
        voiceNote,
        poster,
        transcription,
        null);
  }

  /** A preview in which nothing is missing. */
  LinkPreview link(String url, String originalURL, String title, String summary) {
    return new LinkPreview(
        url,
        title,
        summary,
        originalURL,
        media.url("favicon.png"),
        media.url("preview.png"),
        400,
        210);
  }

  /** The picture of a reaction that is no emoji. */
  String customReaction() {
    return media.url("party-bell.png");
  }

  /** A draft's files: one of each kind. */
  List<Draft.Attachment> draftFiles() {
    return List.of(
        draft("d1", "file", "itinerary.pdf", "application/pdf", null, null, null, null),
        draft("d2", "gif", "bounce.gif", "image/gif", 96, 72, null, "sandbox-bounce"),
        draft("d3", "recorded_audio", "voice.ogg", "audio/ogg", null, null, 4.2, null));
  }

  private Draft.Attachment draft(
      String id,
      String type,
      String name,
      String mimeType,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Double duration,
      @Nullable String stickerID) {
    return new Draft.Attachment(
        id,
        type,
        "sandbox-upload-" + id,
        name,
        media.path(name).toString(),
        media.size(name),
        mimeType,
        width,
        height,
        duration,
        stickerID);
  }
}
