package dev.belfry.server.serve;

import dev.belfry.core.Hub;
import dev.belfry.matrix.MatrixConnector;
import dev.belfry.matrix.trixnity.TrixnityLinks;
import dev.belfry.network.Connector;
import dev.belfry.sandbox.SandboxConnector;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Puts a hub together: the networks it knows are listed here. */
public final class Wiring {
  private Wiring() {}

  /** For commands: knows every network, as accounts of any may have to be logged out. */
  public static Hub hub(Path folder, InstantSource clock) {
    return Hub.open(folder, connectors(clock, true), clock, Hub.Options.NONE);
  }

  /** For a server. */
  static Hub hub(Path folder, InstantSource clock, boolean sandbox, Hub.Options options) {
    return Hub.open(folder, connectors(clock, sandbox), clock, options);
  }

  private static List<Connector> connectors(InstantSource clock, boolean sandbox) {
    var connectors = new ArrayList<Connector>();
    connectors.add(new MatrixConnector(new MatrixOnDemand(() -> new TrixnityLinks(clock)), clock));
    if (sandbox) {
      connectors.add(new SandboxConnector(clock));
    }
    return connectors;
  }
}
