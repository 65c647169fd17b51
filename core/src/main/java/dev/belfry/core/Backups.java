package dev.belfry.core;

import dev.belfry.model.HubException;
import dev.belfry.model.StoreFault;
import dev.belfry.store.Backup;
import dev.belfry.store.Database;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies of a whole data folder in one file: a zip of the store and of the accounts' private
 * folders.
 */
public final class Backups {
  private static final String ACCOUNTS = "accounts/";

  private Backups() {}

  /**
   * Writes a backup. The accounts' files come first: a sync position older than the store only
   * means that some events come twice.
   */
  static void write(Database database, AccountFolders folders, Path file) {
    if (Files.exists(file)) {
      throw HubException.invalid(file + " exists already; name a new file");
    }
    Path work = null;
    try {
      var target = file.toAbsolutePath();
      work = Files.createTempDirectory(parent(target), ".belfry-backup-");
      var zip = work.resolve("backup.zip");
      Files.createFile(zip, privately(zip));
      try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
        for (var path : folders.files()) {
          addAccountFile(out, folders.root(), path, work);
        }
        var copy = work.resolve(Hub.STORE);
        database.copyTo(copy);
        add(out, Hub.STORE, copy);
      }
      Files.move(zip, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StoreFault(
          "The backup %s cannot be written. Check that its folder exists, may be written to and has room."
              .formatted(file),
          e);
    } finally {
      deleteAll(work);
    }
  }

  private static void addAccountFile(ZipOutputStream out, Path root, Path path, Path work)
      throws IOException {
    var name = path.getFileName().toString();
    if (name.endsWith("-wal") || name.endsWith("-shm")) {
      return; // part of the database beside it, whose copy holds what they hold
    }
    var entry = ACCOUNTS + root.relativize(path).toString().replace('\\', '/');
    if (name.endsWith(".db")) {
      var copy = work.resolve("account.db");
      Files.deleteIfExists(copy);
      Backup.copy(path, copy);
      add(out, entry, copy);
    } else {
      add(out, entry, path);
    }
  }

  private static void add(ZipOutputStream out, String name, Path content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    Files.copy(content, out);
    out.closeEntry();
  }

  /**
   * Puts a backup into an empty folder that nobody uses.
   *
   * @throws HubException if the file is no backup
   */
  public static void restore(Path file, Path folder) {
    try (var zip = new ZipFile(file.toFile())) {
      if (zip.getEntry(Hub.STORE) == null) {
        throw HubException.invalid(file + " is no backup of Belfry: it holds no " + Hub.STORE);
      }
      for (var entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
        var target = folder.resolve(entry.getName()).normalize();
        boolean expected =
            entry.getName().equals(Hub.STORE) || entry.getName().startsWith(ACCOUNTS);
        if (!target.startsWith(folder) || !expected) {
          throw HubException.invalid(
              file + " holds a file that no backup holds: " + entry.getName());
        }
        makeFolders(folder, parent(target));
        Files.createFile(target, privately(folder));
        try (var in = zip.getInputStream(entry);
            var out = Files.newOutputStream(target)) {
          in.transferTo(out);
        }
      }
      Backup.check(folder.resolve(Hub.STORE));
      Backup.beginEpoch(folder.resolve(Hub.STORE));
    } catch (FileAlreadyExistsException e) {
      throw new StoreFault(folder + " is not empty; restore into an empty folder", e);
    } catch (IOException e) {
      throw new StoreFault(
          "The backup %s cannot be read or %s cannot be written: %s"
              .formatted(file, folder, e.getMessage()),
          e);
    }
  }

  private static void makeFolders(Path top, Path folder) throws IOException {
    if (!folder.equals(top)) {
      makeFolders(top, parent(folder));
      AccountFolders.makePrivate(folder);
    }
  }

  private static Path parent(Path path) throws IOException {
    var parent = path.getParent();
    if (parent == null) {
      throw new IOException(path + " lies in no folder");
    }
    return parent;
  }

  private static FileAttribute<?>[] privately(Path where) {
    return where.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void deleteAll(@org.jspecify.annotations.Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.getLogger(Backups.class.getName())
          .log(System.Logger.Level.WARNING, "a temporary folder of a backup is left over", e);
    }
  }
}
