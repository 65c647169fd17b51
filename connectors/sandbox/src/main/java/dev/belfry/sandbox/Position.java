package dev.belfry.sandbox;

import dev.belfry.network.PrivateFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;

/**
 * How much of the journal the hub has taken over: the client's half of the account's folder, and
 * its sync token, as it were.
 */
final class Position {
  private final Path file;

  Position(Path file) {
    this.file = file;
  }

  /** Entries taken over; empty when there was no first sync, or it was not finished. */
  OptionalInt read() {
    try {
      return Files.exists(file)
          ? OptionalInt.of(Integer.parseInt(Files.readString(file).strip()))
          : OptionalInt.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  void write(int entries) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      // not by a channel, which an interruption would close
      try (FileOutputStream out = new FileOutputStream(PrivateFiles.file(part).toFile())) {
        out.write((entries + "\n").getBytes(StandardCharsets.US_ASCII));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
