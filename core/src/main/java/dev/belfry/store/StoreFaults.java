package dev.belfry.store;

import dev.belfry.model.StoreFault;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Puts SQLite's result codes into words that tell a person what to do. */
final class StoreFaults {
  private static final int BUSY = 5;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int TOOBIG = 18;
  private static final int CONSTRAINT = 19;
  private static final int MISMATCH = 20;
  private static final int NOTADB = 26;

  static final String RESTORE_A_BACKUP = "Restore a backup with `belfry restore FILE`.";

  private StoreFaults() {}

  static RuntimeException of(SQLException e) {
    // The low byte is the result code, the others refine it.
    return switch (e.getErrorCode() & 0xff) {
      // The value is at fault, not the store.
      case TOOBIG, CONSTRAINT, MISMATCH -> new IllegalStateException(e.getMessage(), e);
      case FULL ->
          new StoreFault(
              "The disk with the data folder is full: nothing was changed. Make room, then try again.",
              e);
      case READONLY ->
          new StoreFault(
              "The data folder is read-only: nothing was changed. Give the user that runs Belfry the right to write there.",
              e);
      case CORRUPT, NOTADB -> damaged(e);
      case CANTOPEN ->
          new StoreFault(
              "The data file cannot be opened. Check that the data folder exists and that the user that runs Belfry may read and write it.",
              e);
      case BUSY ->
          new StoreFault(
              "Another program holds the data file locked. Close it, then try again.", e);
      case IOERR ->
          new StoreFault(
              "The disk with the data folder reports a fault: nothing was changed. Check the disk and the system's log.",
              e);
      default -> new StoreFault("The store failed: " + e.getMessage(), e);
    };
  }

  static StoreFault ending() {
    return new StoreFault("Belfry is ending: nothing was changed.");
  }

  static StoreFault damaged(@Nullable SQLException e) {
    return new StoreFault.Unreadable("is damaged or is no Belfry data file", RESTORE_A_BACKUP, e);
  }
}
