package dev.belfry.core.files;

import dev.belfry.model.AccountId;
import dev.belfry.model.Attachment;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.store.AssetTable.Mention;
import dev.belfry.store.Database;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fetches files from networks, by way of the messages and people that name them. */
public final class Downloads {
  private final Database database;
  private final Cache cache;
  private final Assets.Networks networks;

  Downloads(Database database, Cache cache, Assets.Networks networks) {
    this.database = database;
    this.cache = cache;
    this.networks = networks;
  }

  /**
   * A file that is here.
   *
   * @param name what the message calls it; null for none
   * @param mimeType what the message says it is; null for nothing
   */
  record Fetched(Path path, String key, @Nullable String name, @Nullable String mimeType) {}

  /** A way to the file: who may have it, and how it is decrypted. */
  private record Way(
      AccountId account,
      @Nullable String encryption,
      @Nullable String name,
      @Nullable String mimeType) {
    String key(String url) {
      return Cache.key(url, encryption);
    }
  }

  Fetched get(Grant grant, String url) throws IOException, InterruptedException {
    var ways = ways(grant, url);
    for (var way : ways) {
      var file = cache.find(way.key(url));
      if (file.isPresent()) {
        return new Fetched(file.get(), way.key(url), way.name(), way.mimeType());
      }
    }
    return fetch(url, ways);
  }

  private Fetched fetch(String url, List<Way> ways) throws IOException, InterruptedException {
    AccountId away = null;
    IOException fault = null;
    for (var way : ways) {
      var client = networks.client(way.account());
      if (client.isEmpty()) {
        away = way.account();
        continue;
      }
      try {
        var name = FileNames.safe(way.name());
        var path =
            cache.get(
                way.key(url),
                url,
                name == null ? "file" : name,
                target -> client.get().download(url, way.encryption(), target));
        return new Fetched(path, way.key(url), way.name(), way.mimeType());
      } catch (FileNotFoundException e) {
        // the next one may have it
      } catch (IOException e) {
        fault = e;
      }
    }
    if (fault != null) {
      throw fault;
    }
    if (away != null) {
      throw HubException.unprocessable(
          "NOT_CONNECTED",
          "The account \"%s\" is not connected to its network now; try again later"
              .formatted(away));
    }
    throw HubException.notFound("Asset");
  }

  /**
   * As many as there are; where nobody names the file, whoever may see everything asks them all.
   */
  private List<Way> ways(Grant grant, String url) {
    return database.read(
        grant,
        tx -> {
          var ways = new LinkedHashSet<Way>();
          for (var mention : tx.assets().find(url)) {
            ways.add(way(mention, url));
          }
          if (ways.isEmpty() && grant.isUnlimited()) {
            for (var row : tx.accounts().list()) {
              if (!row.removed() && networks.client(row.account().id()).isPresent()) {
                ways.add(new Way(row.account().id(), null, null, null));
              }
            }
          }
          return new ArrayList<>(ways);
        });
  }

  private static Way way(Mention mention, String url) {
    Attachment file = mention.attachment();
    if (file == null) {
      return new Way(mention.account(), null, null, null);
    }
    boolean isStill = url.equals(file.posterImg()) && !url.equals(file.id());
    return new Way(
        mention.account(),
        file.encryption(),
        isStill ? null : file.fileName(),
        isStill ? null : file.mimeType());
  }

  /** Whether the grant may see what was kept under this key. */
  boolean maySee(Grant grant, String url, String key) {
    return ways(grant, url).stream().anyMatch(way -> way.key(url).equals(key));
  }

  static HubException unavailable(IOException e) {
    return HubException.unprocessable(
        "ASSET_UNAVAILABLE", "The network did not give this file: " + reason(e));
  }

  public static String reason(IOException e) {
    var message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
