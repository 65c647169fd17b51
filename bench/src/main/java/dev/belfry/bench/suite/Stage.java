package dev.belfry.bench.suite;

import dev.belfry.bench.data.DataSet;
import dev.belfry.bench.data.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A copy of a data set, and the processes at work on it. */
final class Stage implements AutoCloseable {
  private final DataSet set;
  private final Launch launch;
  private final Path folder;
  private @Nullable ServerProcess server;
  private @Nullable PartsProcess parts;

  Stage(DataSet set, Launch launch) throws IOException {
    this.set = set;
    this.launch = launch;
    this.folder = set.copy();
  }

  Size size() {
    return set.size();
  }

  DataSet set() {
    return set;
  }

  Launch launch() {
    return launch;
  }

  /** The data folder; may be changed at will. */
  Path folder() {
    return folder;
  }

  /** The server, started if it is not running. */
  ServerProcess server() throws IOException {
    var running = server;
    if (running == null) {
      running = ServerProcess.start(launch, folder);
      server = running;
    }
    return running;
  }

  /** Ends the server: the folder is free for others. */
  void stopServer() throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** The process of the parts, started if it is not running; needs no server. */
  PartsProcess parts() throws IOException {
    var running = parts;
    if (running == null) {
      List<String> flags = flags();
      running = PartsProcess.start(flags, folder);
      parts = running;
    }
    return running;
  }

  private List<String> flags() throws IOException {
    boolean wasRunning = server != null;
    var flags = server().flags();
    if (!wasRunning) {
      stopServer();
    }
    return flags;
  }

  @Override
  public void close() throws IOException {
    stopServer();
    if (parts != null) {
      parts.close();
    }
    DataSet.delete(folder);
  }
}
