package dev.belfry.matrix;

import dev.belfry.model.AccountId;
import dev.belfry.network.Connector;
import dev.belfry.network.Login;
import dev.belfry.network.NetworkClient;
import java.nio.file.Path;
import java.time.InstantSource;

/** The Matrix network. */
public final class MatrixConnector implements Connector {
  private final MatrixLinks links;
  private final InstantSource clock;

  public MatrixConnector(MatrixLinks links, InstantSource clock) {
    this.links = links;
    this.clock = clock;
  }

  @Override
  public String type() {
    return "matrix";
  }

  @Override
  public String network() {
    return "Matrix";
  }

  @Override
  public Login login(AccountId account, Path folder) {
    return new MatrixLogin(links, folder);
  }

  @Override
  public NetworkClient open(AccountId account, Path folder) {
    return new MatrixClient(links, folder, clock);
  }
}
