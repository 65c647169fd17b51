package dev.belfry.core;

import dev.belfry.model.AccountId;
import dev.belfry.model.StoreFault;
import dev.belfry.network.Connector;
import dev.belfry.network.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The private folders of accounts, mode 0700: keys and sync positions that connectors keep beside
 * the store.
 */
final class AccountFolders {
  /** What follows the account's id in the name of a folder that another one replaced. */
  private static final String OLD = ".old-";

  private final Path root;

  AccountFolders(Path data) {
    this.root = data.resolve("accounts");
  }

  Path root() {
    return root;
  }

  Path of(AccountId account) {
    return root.resolve(account.value());
  }

  Path make(AccountId account) {
    try {
      makePrivate(root);
      return makePrivate(of(account));
    } catch (IOException e) {
      throw fault(e);
    }
  }

  static Path makePrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    return folder;
  }

  /**
   * Puts {@code fresh} into the place of an account's folder; the old one is kept aside until the
   * account is removed, as it may hold keys that the new one lacks.
   *
   * @return where the old one is now; empty if there was none
   */
  Optional<Path> replace(AccountId account, Path fresh) {
    try {
      var folder = of(account);
      Optional<Path> aside = Optional.empty();
      if (Files.exists(folder)) {
        int number = 1;
        while (Files.exists(root.resolve(account + OLD + number))) {
          number++;
        }
        aside = Optional.of(Files.move(folder, root.resolve(account + OLD + number)));
      }
      Files.move(fresh, folder);
      return aside;
    } catch (IOException e) {
      throw fault(e);
    }
  }

  /** The folder of an account, where it is there, and after it those that others replaced. */
  List<Path> all(AccountId account) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var folders = Files.list(root)) {
      return folders
          .filter(folder ->
              folder.equals(of(account))
                  || folder.getFileName().toString().startsWith(account + OLD))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw fault(e);
    }
  }

  /** Deletes what {@link #all} gives. */
  void delete(AccountId account) {
    for (var folder : all(account)) {
      try {
        PrivateFiles.delete(folder);
      } catch (IOException e) {
        throw fault(e);
      }
    }
  }

  /** Tells the connectors that what lies in a data folder was put back. */
  static void markRestored(Path data) throws IOException {
    var root = data.resolve("accounts");
    if (Files.isDirectory(root)) {
      try (var folders = Files.list(root)) {
        for (var folder : folders.filter(Files::isDirectory).toList()) {
          Files.write(folder.resolve(Connector.RESTORED), new byte[0]);
        }
      }
    }
  }

  /** Every file in them. */
  List<Path> files() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private StoreFault fault(IOException e) {
    return new StoreFault(
        "The folder %s cannot be written. Check its owner, its permissions and the room on the disk."
            .formatted(root),
        e);
  }
}
