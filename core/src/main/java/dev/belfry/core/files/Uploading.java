package dev.belfry.core.files;

import dev.belfry.model.HubException;
import dev.belfry.model.HubException.Reason;
import dev.belfry.model.Upload;
import dev.belfry.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The uploads that come in, and the room that they may take together. */
final class Uploading {
  /** What is left free on the disk, as the store needs room too. */
  private static final long SPARE = 64L << 20;

  private final Database database;
  private final Folders folders;
  private final FileLimits limits;

  /** Bytes of each that is under way; as announced, or as many as have come. */
  private final Map<NewUpload, Long> underWay = new HashMap<>();

  Uploading(Database database, Folders folders, FileLimits limits) {
    this.database = database;
    this.folders = folders;
    this.limits = limits;
  }

  /**
   * Begins one.
   *
   * @param announced how long it will be at most; -1 where nobody knows
   * @param limit of its bytes
   */
  NewUpload begin(String subject, long announced, long limit) {
    if (announced > limit) {
      throw tooLarge(limit);
    }
    try {
      var upload = new NewUpload(this, subject, limit, Folders.part(folders.uploads()));
      try {
        admit(upload, Math.max(0, announced));
      } catch (RuntimeException e) {
        upload.close();
        throw e;
      }
      return upload;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** How much is stored is asked once a megabyte, not once a buffer. */
  private static boolean isNewMegabyte(long before, long now) {
    return before >> 20 != now >> 20;
  }

  /** Lets an upload grow to this many bytes. */
  void admit(NewUpload upload, long bytes) {
    if (bytes > upload.limit()) {
      throw tooLarge(upload.limit());
    }
    long before;
    synchronized (underWay) {
      before = underWay.getOrDefault(upload, -1L);
      if (bytes <= before) {
        return;
      }
      underWay.put(upload, bytes);
    }
    if (isNewMegabyte(before, bytes)) {
      checkRoom(upload);
    }
  }

  private void checkRoom(NewUpload upload) {
    var subject = upload.subject();
    long ours = 0;
    long all = 0;
    synchronized (underWay) {
      for (var each : underWay.entrySet()) {
        all += each.getValue();
        ours += each.getKey().subject().equals(subject) ? each.getValue() : 0;
      }
    }
    long oursNow = ours;
    long allNow = all;
    database.read(
        dev.belfry.model.Grant.HUB,
        tx -> {
          checkQuota(tx.uploads().bytes(subject) + oursNow, tx.uploads().bytes() + allNow);
          return true;
        });
    try {
      long free = Files.getFileStore(upload.folder()).getUsableSpace();
      synchronized (underWay) {
        all -= upload.length();
      }
      if (free - SPARE < Math.max(0, all)) {
        throw new HubException(
            Reason.STORAGE,
            "There is no room for this file on the disk of %s".formatted(folders.uploads()));
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void checkQuota(long ours, long all) {
    if (ours > limits.tokenBytes()) {
      throw HubException.unprocessable(
          "UPLOAD_QUOTA_EXCEEDED",
          "This token's uploads take %d of %d bytes with this file; they go %d hours after they came, unless something uses them"
              .formatted(ours, limits.tokenBytes(), limits.life().toHours()));
    }
    if (all > limits.totalBytes()) {
      throw HubException.unprocessable(
          "UPLOAD_QUOTA_EXCEEDED",
          "All uploads together take %d of %d bytes with this file; they go %d hours after they came, unless something uses them"
              .formatted(all, limits.totalBytes(), limits.life().toHours()));
    }
  }

  Upload keep(
      NewUpload done, @Nullable String fileName, @Nullable String mimeType, @Nullable String hint)
      throws IOException {
    var safe = FileNames.safe(fileName);
    var type =
        mimeType != null
            ? MediaTypes.base(mimeType)
            : MediaTypes.detect(done.content(), safe, hint);
    var name = safe != null ? safe : "file" + MediaTypes.extension(type);
    var size = Sizes.of(done.content(), type);
    var id = UUID.randomUUID().toString();
    var folder = folders.uploads().resolve(id);
    Files.move(done.content(), done.folder().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    Files.move(done.folder(), folder, StandardCopyOption.ATOMIC_MOVE);
    try {
      return database.write(tx -> {
        var upload =
            new Upload(
                id,
                done.subject(),
                folder.resolve(name),
                name,
                type,
                done.length(),
                size.width(),
                size.height(),
                size.duration(),
                tx.now().plus(limits.life()));
        checkQuota(
            tx.uploads().bytes(done.subject()) + done.length(),
            tx.uploads().bytes() + done.length());
        tx.uploads().add(upload);
        return upload;
      });
    } catch (RuntimeException e) {
      Folders.delete(folder);
      throw e;
    }
  }

  void ended(NewUpload upload) {
    synchronized (underWay) {
      var _ = Optional.ofNullable(underWay.remove(upload));
    }
  }

  private static HubException tooLarge(long limit) {
    return new HubException(
        Reason.TOO_LARGE, "The file is over the limit of %d bytes".formatted(limit));
  }

  HubException unwritable(IOException e) {
    return Folders.unwritable(folders.uploads(), e);
  }
}
