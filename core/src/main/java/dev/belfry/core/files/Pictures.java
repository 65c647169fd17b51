package dev.belfry.core.files;

import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Upload;
import dev.belfry.store.Database;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Pictures that are named by their paths. What is taken is copied: what lies at the path afterwards
 * does not matter.
 */
final class Pictures {
  /** Pictures made of pixels; a drawing such as SVG may be a program. */
  private static final Set<String> TYPES =
      Set.of(
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/webp",
          "image/bmp",
          "image/heic",
          "image/heif",
          "image/avif",
          "image/tiff");

  private final Database database;
  private final Folders folders;
  private final FileLimits limits;
  private final Uploading uploading;

  Pictures(Database database, Folders folders, FileLimits limits, Uploading uploading) {
    this.database = database;
    this.folders = folders;
    this.limits = limits;
    this.uploading = uploading;
  }

  Upload find(Grant grant, String given, boolean remoteAccess, boolean onlyPictures) {
    var path = path(given);
    var upload = upload(grant, path);
    if (upload.isPresent()) {
      if (onlyPictures) {
        check(upload.get());
      }
      return upload.get();
    }
    if (!grant.isUnlimited() || remoteAccess) {
      throw HubException.unprocessable(
          "PATH_NOT_ALLOWED",
          "Only files of your own uploads can be named by their path here: upload it, then give its srcURL");
    }
    return copy(grant, path);
  }

  private static Path path(String given) {
    try {
      if (given.startsWith("file:")) {
        return AssetUrl.parse(given) instanceof AssetUrl.Local local ? local.path() : Path.of("");
      }
      return Path.of(given);
    } catch (IllegalArgumentException e) {
      // InvalidPathException is one too
      throw e instanceof InvalidPathException
          ? notAPicture()
          : HubException.unprocessable("NOT_AN_IMAGE", String.valueOf(e.getMessage()));
    }
  }

  private Optional<Upload> upload(Grant grant, Path path) {
    return folders
        .find(path)
        .filter(found -> found.place() == Folders.Place.UPLOADS)
        .flatMap(found ->
            database.read(
                grant,
                tx ->
                    tx.uploads()
                        .find(found.entry())
                        .filter(upload -> upload.expires().isAfter(tx.now()))))
        .filter(upload -> grant.isUnlimited() || upload.subject().equals(grant.subject()));
  }

  private void check(Upload upload) {
    try {
      if (upload.size() > limits.pictureBytes()
          || !TYPES.contains(MediaTypes.detect(upload.file()))) {
        throw notAPicture();
      }
    } catch (IOException e) {
      throw notAPicture();
    }
  }

  private Upload copy(Grant grant, Path path) {
    if (!path.isAbsolute()) {
      throw notAPicture();
    }
    try {
      var real = path.toRealPath();
      // a pipe or a device would never end
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)
          || Files.size(real) > limits.pictureBytes()
          || !TYPES.contains(MediaTypes.detect(real))) {
        throw notAPicture();
      }
      try (var in = new FileInputStream(real.toFile());
          var upload = uploading.begin(grant.subject(), Files.size(real), limits.pictureBytes())) {
        in.transferTo(upload);
        // once more, of what was copied
        if (!TYPES.contains(MediaTypes.detect(upload.content()))) {
          throw notAPicture();
        }
        return upload.finish(real.getFileName().toString(), null, null);
      }
    } catch (IOException | SecurityException e) {
      throw notAPicture();
    }
  }

  /** One answer for all, so that nobody learns which files there are. */
  private static HubException notAPicture() {
    return HubException.unprocessable(
        "NOT_AN_IMAGE",
        "There is no image file at this path that could be used: a PNG, JPEG, GIF, WebP, BMP, HEIC, AVIF or TIFF file of moderate size is needed, by its absolute path");
  }
}
