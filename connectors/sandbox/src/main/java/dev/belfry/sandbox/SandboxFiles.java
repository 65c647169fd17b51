package dev.belfry.sandbox;

import dev.belfry.model.AccountId;
import dev.belfry.model.Attachment;
import dev.belfry.model.MessageContent;
import dev.belfry.network.Action;
import dev.belfry.sandbox.media.MediaFolder;
import dev.belfry.sandbox.world.Plan;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simulated network's files: {@code localmxc://sandbox/ACCOUNT/...} names one. */
final class SandboxFiles {
  private final MediaFolder media;
  private final String prefix;

  SandboxFiles(AccountId account, MediaFolder media) {
    this.media = media;
    this.prefix = "localmxc://sandbox/" + account + "/";
  }

  /**
   * @throws FileNotFoundException when there is no such file
   */
  void download(String id, OutputStream target) throws IOException {
    try (var in = new FileInputStream(find(id).toFile())) {
      in.transferTo(target);
    }
  }

  private Path find(String id) throws IOException {
    Optional<Path> file = Optional.empty();
    if (id.startsWith(prefix)) {
      try {
        List<String> names =
            Arrays.stream(id.substring(prefix.length()).split("/", -1))
                .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
                .toList();
        file = media.find(names);
      } catch (IllegalArgumentException e) {
        throw missing(
            e); // such as a percent sign that means nothing, or a name that no file can have
      }
    }
    return file.orElseThrow(() -> missing(null));
  }

  private static FileNotFoundException missing(@Nullable Exception why) {
    var missing = new FileNotFoundException("the sandbox network has no such file");
    if (why != null) {
      missing.initCause(why);
    }
    return missing;
  }

  /**
   * The message as everybody sees it: with a file of the network's in place of the hub's.
   *
   * @throws IOException when the file cannot be read
   */
  Action.SendMessage taken(Action.SendMessage send) throws IOException {
    Path file = send.file();
    List<Attachment> attachments = send.content().attachments();
    if (file == null || attachments.isEmpty()) {
      return send;
    }
    Attachment sent = attachments.getFirst();
    String name = sent.fileName() == null ? "file" : sent.fileName().replace('/', '_');
    Path kept = media.keep(send.transaction(), name, file);
    String id =
        prefix
            + "sent/"
            + send.transaction()
            + "/"
            + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    List<Attachment> all = new ArrayList<>(attachments);
    all.set(0, named(sent, id, kept.toUri().toString()));
    MessageContent content = send.content().withAttachments(send.content().type(), all);
    return new Action.SendMessage(send.chatKey(), send.transaction(), content, kept);
  }

  /**
   * Keeps a picture that a chat has from now on.
   *
   * @return its URL
   * @throws IOException when the file cannot be read
   */
  String avatar(Plan plan, Path file) throws IOException {
    String name = Integer.toHexString(file.toString().hashCode()) + "-" + Files.size(file) + ".img";
    return media.keep("avatar-" + plan.slug(), name, file).toUri().toString();
  }

  private static Attachment named(Attachment file, String id, String srcURL) {
    return new Attachment(
        file.type(),
        id,
        srcURL,
        file.fileName(),
        file.mimeType(),
        file.fileSize(),
        file.width(),
        file.height(),
        file.duration(),
        file.isGif(),
        file.isSticker(),
        file.isVoiceNote(),
        file.posterImg(),
        file.transcription(),
        file.encryption());
  }
}
