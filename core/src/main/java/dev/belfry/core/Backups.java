package dev.belfry.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.StoreFault;
import dev.belfry.network.PrivateFiles;
import dev.belfry.store.Backup;
import dev.belfry.store.Database;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a whole data folder in one file: a zip of the store, of the accounts' private folders,
 * and of the uploads that something needs. What networks can give again is left out.
 */
public final class Backups {
  private static final System.Logger LOG = System.getLogger(Backups.class.getName());
  private static final String ACCOUNTS = "accounts/";
  private static final String UPLOADS = "uploads/";

  /** Says where the data folder was, as the store names files by it. Older backups lack it. */
  private static final String HOME = "home";

  private static final Pattern UPLOAD = Pattern.compile("uploads/[0-9a-f-]{36}/[^/]+");
  private static final int LONGEST_HOME = 1 << 16;

  private Backups() {}

  /**
   * Writes a backup. The accounts' files come before the store: a sync position older than the
   * store only means that some events come twice. Uploads come after it, as they never change; one
   * that something needs before or after that moment is in it.
   *
   * @param data the data folder
   */
  static void write(Database database, AccountFolders folders, Path data, Path file) {
    if (Files.exists(file)) {
      throw HubException.invalid(file + " exists already; name a new file");
    }
    Path work = null;
    try {
      var target = file.toAbsolutePath();
      work = Files.createTempDirectory(parent(target), ".belfry-backup-");
      var zip = work.resolve("backup.zip");
      Files.createFile(zip, PrivateFiles.attributes(zip));
      try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
        add(out, HOME, new ByteArrayInputStream(plain(data).toString().getBytes(UTF_8)));
        for (var path : folders.files()) {
          addAccountFile(out, folders.root(), path, work);
        }
        var uploads = uploads(database);
        var copy = work.resolve(Hub.STORE);
        database.copyTo(copy);
        add(out, Hub.STORE, copy);
        Files.delete(copy);
        uploads.putAll(uploads(database));
        addUploads(out, uploads);
      }
      force(zip);
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

  private static Path plain(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  private static Map<String, Path> uploads(Database database) {
    var uploads = new TreeMap<String, Path>();
    database
        .read(Grant.HUB, tx -> tx.uploads().used())
        .forEach(upload -> uploads.put(upload.id(), upload.file()));
    return uploads;
  }

  /** Their content is mostly compressed already. */
  private static void addUploads(ZipOutputStream out, Map<String, Path> uploads)
      throws IOException {
    out.setLevel(Deflater.BEST_SPEED);
    for (var upload : uploads.entrySet()) {
      var path = upload.getValue();
      try (var in = Files.newInputStream(path)) {
        add(out, UPLOADS + upload.getKey() + "/" + path.getFileName(), in);
      } catch (NoSuchFileException e) {
        LOG.log(Level.DEBUG, "an upload has gone meanwhile", e);
      }
    }
  }

  /** It survives a loss of power from now on. */
  private static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void addAccountFile(ZipOutputStream out, Path root, Path path, Path work)
      throws IOException {
    var name = path.getFileName().toString();
    if (name.endsWith("-wal") || name.endsWith("-shm")) {
      return; // part of the database beside it, whose copy holds what they hold
    }
    if (name.endsWith(".new")) {
      return; // being written, to take another's place
    }
    var entry = ACCOUNTS + root.relativize(path).toString().replace('\\', '/');
    if (name.endsWith(".db")) {
      var copy = work.resolve("account.db");
      Files.deleteIfExists(copy);
      Backup.copy(path, copy);
      add(out, entry, copy);
    } else {
      try (var in = Files.newInputStream(path)) {
        add(out, entry, in);
      } catch (NoSuchFileException e) {
        LOG.log(Level.DEBUG, "an account's file has gone meanwhile", e);
      }
    }
  }

  private static void add(ZipOutputStream out, String name, Path content) throws IOException {
    try (var in = Files.newInputStream(content)) {
      add(out, name, in);
    }
  }

  private static void add(ZipOutputStream out, String name, InputStream content)
      throws IOException {
    out.putNextEntry(new ZipEntry(name));
    content.transferTo(out);
    out.closeEntry();
  }

  /**
   * Puts a backup into an empty folder that nobody uses.
   *
   * @param home the data folder that this will be
   * @throws HubException if the file is no backup
   * @throws StoreFault.Unreadable if the store in it is damaged
   */
  public static void restore(Path file, Path folder, Path home) {
    try (var zip = new ZipFile(file.toFile())) {
      if (zip.getEntry(Hub.STORE) == null) {
        throw HubException.invalid(file + " is no backup of Belfry: it holds no " + Hub.STORE);
      }
      for (var entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
        if (!entry.getName().equals(HOME)) {
          restore(zip, entry, target(file, folder, entry.getName()), folder);
        }
      }
      AccountFolders.markRestored(folder);
      var store = folder.resolve(Hub.STORE);
      Backup.check(store);
      Backup.beginEpoch(store);
      var former = home(zip);
      if (former != null && !former.equals(plain(home))) {
        Backup.moved(store, former, plain(home), List.of("uploads", "accounts"));
      }
    } catch (FileAlreadyExistsException e) {
      throw new StoreFault(folder + " is not empty; restore into an empty folder", e);
    } catch (ZipException | EOFException e) {
      throw HubException.invalid(
          "%s is no backup of Belfry, or a damaged one (%s); nothing was changed"
              .formatted(file, e.getMessage()));
    } catch (IOException e) {
      throw new StoreFault(
          "The backup %s cannot be read or %s cannot be written: %s"
              .formatted(file, folder, e.getMessage()),
          e);
    }
  }

  private static Path target(Path file, Path folder, String name) {
    var target = folder.resolve(name).normalize();
    boolean expected =
        name.equals(Hub.STORE) || name.startsWith(ACCOUNTS) || UPLOAD.matcher(name).matches();
    if (!target.startsWith(folder) || target.equals(folder) || !expected) {
      throw HubException.invalid(file + " holds a file that no backup holds: " + name);
    }
    return target;
  }

  private static void restore(ZipFile zip, ZipEntry entry, Path target, Path folder)
      throws IOException {
    makeFolders(folder, parent(target));
    Files.createFile(target, PrivateFiles.attributes(target));
    try (var out = Files.newOutputStream(target)) {
      copy(zip, entry, out);
    }
  }

  /** A {@link ZipFile} does not look at the sums itself. */
  private static void copy(ZipFile zip, ZipEntry entry, OutputStream to) throws IOException {
    var sum = new CRC32();
    try (var in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
      in.transferTo(to);
    }
    if (sum.getValue() != entry.getCrc()) {
      throw new ZipException(entry.getName() + " is damaged");
    }
  }

  /** Where the data folder was; null where the backup does not say. */
  private static @Nullable Path home(ZipFile zip) throws IOException {
    var entry = zip.getEntry(HOME);
    if (entry == null) {
      return null;
    }
    if (entry.getSize() > LONGEST_HOME) {
      throw new ZipException(HOME + " is damaged");
    }
    var path = new ByteArrayOutputStream();
    copy(zip, entry, path);
    try {
      return plain(Path.of(path.toString(UTF_8)));
    } catch (InvalidPathException e) {
      return null; // of a system whose paths are others
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

  private static void deleteAll(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a temporary folder of a backup is left over", e);
    }
  }
}
