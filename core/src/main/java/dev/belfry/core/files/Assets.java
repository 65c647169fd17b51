package dev.belfry.core.files;

import dev.belfry.core.files.Folders.Found;
import dev.belfry.model.AccountId;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.StoreFault;
import dev.belfry.model.Upload;
import dev.belfry.network.NetworkClient;
import dev.belfry.store.Database;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files (contract, Files). Safe for use by any thread. */
public final class Assets {
  /** The clients that are connected now. */
  @FunctionalInterface
  public interface Networks {
    /** Empty where the account is not connected. */
    Optional<NetworkClient> client(AccountId account);
  }

  private final Database database;
  private final Folders folders;
  private final FileLimits limits;
  private final Cache cache;
  private final Uploading uploading;
  private final Downloads downloads;
  private final Pictures pictures;

  /**
   * @param data the data folder
   */
  public Assets(
      Database database, Path data, FileLimits limits, Networks networks, InstantSource clock) {
    this.database = database;
    this.limits = limits;
    folders = new Folders(data);
    cache = new Cache(folders.cache(), limits.cacheBytes(), clock);
    uploading = new Uploading(database, folders, limits);
    downloads = new Downloads(database, cache, networks);
    pictures = new Pictures(database, folders, limits, uploading);
  }

  /** Tidies up after an earlier run. Called before any file is asked for. */
  public void open() {
    try {
      Folders.removeParts(folders.uploads());
      var left = Folders.entries(folders.uploads());
      var lost = new HashSet<>(database.read(Grant.HUB, tx -> tx.uploads().ids()));
      left.stream()
          .filter(folder -> !lost.remove(folder.getFileName().toString()))
          .forEach(Folders::delete);
      if (!lost.isEmpty()) { // such as after a backup was restored, which holds only what is used
        database.write(tx -> {
          lost.forEach(tx.uploads()::remove);
          return true;
        });
      }
      cache.open();
      cache.retain(url -> database.read(Grant.HUB, tx -> !tx.assets().find(url).isEmpty()));
    } catch (IOException e) {
      throw new StoreFault(
          "The folders %s and %s cannot be read. Check their owner and permissions."
              .formatted(folders.uploads(), folders.cache()),
          e);
    }
  }

  /**
   * Begins an upload.
   *
   * @param announced how long it will be at most; -1 where nobody knows
   * @throws HubException when it is too large or there is no room for it
   */
  public NewUpload receive(Grant grant, long announced) {
    return uploading.begin(grant.subject(), announced, limits.fileBytes());
  }

  /** As {@link #receive}, for one whose length in another form has been limited already. */
  public NewUpload receiveAny(Grant grant) {
    return uploading.begin(grant.subject(), -1, Long.MAX_VALUE);
  }

  /** The most bytes that {@link #receive} takes. */
  public long fileLimit() {
    return limits.fileBytes();
  }

  /**
   * Has a file on this machine.
   *
   * @return where it lies
   * @throws HubException when there is none that {@code grant} may see, or its network is away
   * @throws IOException when the network did not give it; the message says why
   */
  public Path download(Grant grant, AssetUrl url) throws IOException, InterruptedException {
    return switch (url) {
      case AssetUrl.Local local -> find(grant, local).real();
      case AssetUrl.Remote remote -> downloads.get(grant, remote.text()).path();
    };
  }

  /**
   * Opens a file for showing it.
   *
   * @throws HubException when there is none that {@code grant} may see, or it cannot be had
   */
  public Asset serve(Grant grant, AssetUrl url) throws IOException, InterruptedException {
    return switch (url) {
      case AssetUrl.Local local -> open(grant, find(grant, local));
      case AssetUrl.Remote remote -> open(grant, remote.text());
    };
  }

  private Asset open(Grant grant, String url) throws IOException, InterruptedException {
    try {
      var file = downloads.get(grant, url);
      return open(
          file.path(),
          MediaTypes.detect(file.path(), file.name(), file.mimeType()),
          file.name(),
          file.key());
    } catch (NoSuchFileException e) {
      throw HubException.notFound("Asset"); // it has just gone from the cache
    } catch (IOException e) {
      throw Downloads.unavailable(e);
    }
  }

  private Asset open(Grant grant, Found found) throws IOException {
    try {
      var upload =
          found.place() == Folders.Place.UPLOADS
              ? database.read(grant, tx -> tx.uploads().find(found.entry()))
              : Optional.<Upload>empty();
      var name = found.real().getFileName().toString();
      var type =
          upload.isPresent()
              ? upload.get().mimeType()
              : MediaTypes.detect(found.real(), name, null);
      return open(found.real(), type, name, found.entry());
    } catch (NoSuchFileException e) {
      throw HubException.notFound("Asset");
    }
  }

  private static Asset open(Path file, String type, @Nullable String name, String key)
      throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      long size = channel.size();
      var modified = Files.getLastModifiedTime(file).toInstant();
      var tag =
          key.isEmpty()
              ? "%x-%x-%x".formatted(file.toString().hashCode(), size, modified.toEpochMilli())
              : key;
      return new Asset(channel, type, name, size, modified.truncatedTo(ChronoUnit.SECONDS), tag);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A file of ours that the grant may see; all others look alike. */
  private Found find(Grant grant, AssetUrl.Local url) {
    return folders
        .find(url.path())
        .filter(found -> grant.isUnlimited() || maySee(grant, url, found))
        .orElseThrow(() -> HubException.notFound("Asset"));
  }

  private boolean maySee(Grant grant, AssetUrl.Local url, Found found) {
    return switch (found.place()) {
      case UPLOADS ->
          database
                  .read(grant, tx -> tx.uploads().find(found.entry()))
                  .filter(upload -> upload.subject().equals(grant.subject()))
                  .isPresent()
              || isShown(grant, url, found);
      case MEDIA -> isShown(grant, url, found);
      case CACHE ->
          cache
              .source(found.entry())
              .filter(source -> downloads.maySee(grant, source, found.entry()))
              .isPresent();
    };
  }

  /** Whether something that the grant may see names the file. */
  private boolean isShown(Grant grant, AssetUrl.Local url, Found found) {
    var names = List.of(url.text(), url.path().toUri().toString(), found.real().toUri().toString());
    return database.read(
        grant, tx -> names.stream().anyMatch(name -> !tx.assets().find(name).isEmpty()));
  }

  /**
   * A picture by its path or {@code file:} URL (contract, "Decided for Belfry", Local paths), as an
   * upload.
   *
   * @param remoteAccess whether other machines can connect: then only uploads can be named
   * @throws HubException when it is no picture that may be used
   */
  public Upload picture(Grant grant, String path, boolean remoteAccess) {
    return pictures.find(grant, path, remoteAccess, true);
  }

  /** As {@link #picture}, but an upload may be of any kind. */
  public Upload attachment(Grant grant, String path, boolean remoteAccess) {
    return pictures.find(grant, path, remoteAccess, false);
  }

  /** Removes the uploads whose time has come. */
  public void sweep() {
    var gone =
        database.write(tx -> {
          var expired = tx.uploads().expired(tx.now());
          expired.removeIf(upload -> {
            boolean isUsed = tx.uploads().isUsed(upload);
            if (isUsed) {
              tx.uploads().keepUntil(upload.id(), tx.now().plus(limits.life()));
            }
            return isUsed;
          });
          expired.forEach(upload -> tx.uploads().remove(upload.id()));
          return expired;
        });
    // only now: a file that is left over goes at the next start, a row without its file would stay
    gone.forEach(upload -> {
      var folder = upload.file().getParent();
      if (folder != null && folder.startsWith(folders.uploads())) {
        Folders.delete(folder);
      }
    });
  }
}
