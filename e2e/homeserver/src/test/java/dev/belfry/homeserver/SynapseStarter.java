package dev.belfry.homeserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A program that starts Synapse in the directory given, writes its address into the file {@code
 * url} there, and stays.
 */
final class SynapseStarter {
  private SynapseStarter() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var directory = Path.of(arguments[0]);
    var synapse = Synapse.start(directory);
    var whole = directory.resolve("url.new");
    Files.writeString(whole, synapse.url().toString());
    Files.move(whole, directory.resolve("url"));
    new CountDownLatch(1).await();
  }
}
