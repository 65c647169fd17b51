package dev.belfry.bench.data;

import dev.belfry.model.Attachment;
import dev.belfry.model.LinkPreview;
import dev.belfry.model.MessageContent;
import dev.belfry.model.MessageType;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What messages hold: of a hundred, 86 are text alone, the others bring a file, a link, a form. */
final class Contents {
  private final Texts texts;

  Contents(Texts texts) {
    this.texts = texts;
  }

  MessageContent next(SplittableRandom random, Room room) {
    var text = texts.message(random, room.isUnspaced());
    int die = random.nextInt(100);
    if (die < 7) {
      return file(MessageType.IMAGE, die < 4 ? "" : text, picture(random));
    }
    if (die < 8) {
      return file(MessageType.VIDEO, "", recording(random, "video", "clip.mp4", "video/mp4"));
    }
    if (die < 9) {
      return file(MessageType.VOICE, "", recording(random, "audio", "voice.ogg", "audio/ogg"));
    }
    if (die < 10) {
      return file(
          MessageType.FILE,
          "",
          attachment(random, "unknown", "report.pdf", "application/pdf", null, null, null));
    }
    var content = MessageContent.text(text);
    if (die < 12) {
      return content.withLinks(List.of(link(random)));
    }
    if (die < 14) {
      return content.withHtml("<strong>" + text + "</strong>");
    }
    if (die == 14 && !room.isDirect()) {
      return random.nextInt(4) == 0
          ? content.withMentions(List.of(room.owner().id().value()), true)
          : content.withMentions(List.of(room.other(random).id().value()), false);
    }
    return content;
  }

  private static MessageContent file(MessageType type, String caption, Attachment attachment) {
    return MessageContent.text(caption).withAttachments(type, List.of(attachment));
  }

  private static Attachment picture(SplittableRandom random) {
    return attachment(random, "img", "IMG.jpg", "image/jpeg", 1600, 1200, null);
  }

  private static Attachment recording(
      SplittableRandom random, String type, String name, String mimeType) {
    return attachment(random, type, name, mimeType, null, null, 0.5 + random.nextInt(120));
  }

  private static Attachment attachment(
      SplittableRandom random,
      String type,
      String name,
      String mimeType,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Double seconds) {
    var url = "mxc://example.org/" + Keys.text(random.nextLong(), 24);
    return new Attachment(
        type,
        url,
        url,
        name,
        mimeType,
        1000 + random.nextLong(5_000_000),
        width,
        height,
        seconds,
        false,
        false,
        mimeType.equals("audio/ogg"),
        null,
        null,
        null);
  }

  private LinkPreview link(SplittableRandom random) {
    return new LinkPreview(
        "https://example.org/" + Keys.text(random.nextLong(), 12),
        texts.title(random, false),
        texts.message(random, false),
        null,
        null,
        null,
        null,
        null);
  }
}
