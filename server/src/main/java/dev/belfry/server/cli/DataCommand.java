package dev.belfry.server.cli;

import dev.belfry.server.commands.Access;
import dev.belfry.server.folder.DataFolder;
import dev.belfry.server.process.ExitStatus;
import dev.belfry.server.process.Log;
import dev.belfry.server.process.LogLevel;
import dev.belfry.server.serve.Environment;
import dev.belfry.server.serve.Wiring;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command on a data folder: a running server carries it out, or this process. */
abstract class DataCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  final Environment environment;

  DataCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public final Integer call() throws IOException, InterruptedException {
    Log.configure(common.logLevel(LogLevel.WARN), environment.terminal().err());
    return run().code();
  }

  abstract ExitStatus run() throws IOException, InterruptedException;

  final DataFolder folder() {
    return environment.folder(common.data);
  }

  /** For what may be the first thing ever done with the folder. */
  final <T> T inNewOrOld(Access.Use<T> use) throws IOException, InterruptedException {
    var folder = folder();
    folder.prepare();
    return Access.use(folder, path -> Wiring.hub(path, environment.clock()), use);
  }

  /** For what makes no sense where there is no folder. */
  final <T> T inOld(Access.Use<T> use) throws IOException, InterruptedException {
    var folder = folder();
    folder.require();
    return Access.use(folder, path -> Wiring.hub(path, environment.clock()), use);
  }

  final void print(String line) {
    environment.terminal().out().println(line);
  }

  /** What is not the result: it must not get into a pipe. */
  final void remark(String line) {
    environment.terminal().err().println(line);
  }
}
