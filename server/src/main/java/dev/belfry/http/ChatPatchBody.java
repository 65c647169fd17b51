package dev.belfry.http;

import dev.belfry.api.Field;
import dev.belfry.http.read.Body;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.UploadUse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the body that changes a chat (contract, {@code PATCH /v1/chats/{chatID}}). */
final class ChatPatchBody {
  private ChatPatchBody() {}

  /**
   * What is to be changed.
   *
   * @param image the path of the new picture, as it was given
   */
  record Wanted(ChatPatch patch, Field<String> image) {}

  static Wanted read(Body body) {
    var image = body.nullableString("imgURL");
    return new Wanted(patch(body, image.isNothing() ? Field.nothing() : Field.absent()), image);
  }

  private static ChatPatch patch(Body body, Field<Path> image) {
    return new ChatPatch(
        body.nullableString("title"),
        body.nullableString("description"),
        image,
        body.boolOrNull("isArchived"),
        body.boolOrNull("isLowPriority"),
        body.boolOrNull("isMuted"),
        body.boolOrNull("isPinned"),
        body.nullableCount("messageExpirySeconds"),
        draft(body));
  }

  private static Field<ChatPatch.NewDraft> draft(Body body) {
    if (body.isNull("draft")) {
      return Field.nothing();
    }
    Body draft = body.object("draft");
    if (draft == null) {
      return Field.absent();
    }
    if (!draft.has("text")) {
      draft.missing("text");
    }
    String text = draft.string("text");
    return Field.of(new ChatPatch.NewDraft(text == null ? "" : text, attachments(draft)));
  }

  private static List<UploadUse> attachments(Body draft) {
    Body map = draft.object("attachments");
    if (map == null) {
      return List.of();
    }
    var result = new ArrayList<UploadUse>();
    for (String key : map.keys()) {
      Body attachment = map.object(key);
      if (attachment != null) {
        result.add(UploadBody.read(attachment, key));
      }
    }
    return result;
  }
}
