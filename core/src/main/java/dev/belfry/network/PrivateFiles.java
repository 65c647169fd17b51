package dev.belfry.network;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
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

  /** Makes a file private, an empty one if it is not there yet; whoever then writes keeps that. */
  public static Path file(Path file) throws IOException {
    if (!hasModes(file)) {
      return file;
    }
    try {
      return Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
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

  private static boolean hasModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
