package dev.belfry.http;

import dev.belfry.api.Field;
import dev.belfry.http.read.Body;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.UploadUse;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the body that changes a chat (contract, {@code PATCH /v1/chats/{chatID}}). */
final class ChatPatchBody {
  private ChatPatchBody() {}

  static ChatPatch read(Body body) {
    return new ChatPatch(
        body.nullableString("title"),
        body.nullableString("description"),
        image(body),
        body.boolOrNull("isArchived"),
        body.boolOrNull("isLowPriority"),
        body.boolOrNull("isMuted"),
        body.boolOrNull("isPinned"),
        body.nullableCount("messageExpirySeconds"),
        draft(body));
  }

  private static Field<Path> image(Body body) {
    Field<String> given = body.nullableString("imgURL");
    try {
      return given.map(Path::of);
    } catch (InvalidPathException e) {
      body.require("imgURL", "Not the path of a file");
      return Field.absent();
    }
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
