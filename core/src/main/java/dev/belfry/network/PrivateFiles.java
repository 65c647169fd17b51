package dev.belfry.network;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;

/**
 * Files and folders in the data folder, which are their owner's alone: modes 0600 and 0700. A
 * system without such modes has them private by what they lie in.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /** What a file is to be made with so that it is private from its first moment. */
  public static FileAttribute<?>[] attributes(Path file) {
    return hasModes(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
        : new FileAttribute<?>[0];
  }

  /** Makes a file private, an empty one if it is not there yet; whoever then writes keeps that. */
  public static Path file(Path file) throws IOException {
    if (!hasModes(file)) {
      return file;
    }
    try {
      return Files.createFile(file, attributes(file));
    } catch (FileAlreadyExistsException e) {
      return Files.setPosixFilePermissions(file, FILE);
    }
  }

  /** Makes a folder, and those that it lies in; those that are there already stay as they are. */
  public static Path folder(Path folder) throws IOException {
    return hasModes(folder)
        ? Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER))
        : Files.createDirectories(folder);
  }

  /** Deletes a folder with all that is in it; one that is not there is none to delete. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean hasModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
