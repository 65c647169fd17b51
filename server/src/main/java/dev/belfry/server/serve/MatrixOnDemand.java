package dev.belfry.server.serve;

import dev.belfry.matrix.MatrixLink;
import dev.belfry.matrix.MatrixLinks;
import dev.belfry.network.LoggedOutException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes what makes Matrix devices when the first is wanted: its library takes long to load, and
 * most commands need none of it.
 */
final class MatrixOnDemand implements MatrixLinks {
  private final Supplier<MatrixLinks> maker;
  private @Nullable MatrixLinks made;

  MatrixOnDemand(Supplier<MatrixLinks> maker) {
    this.maker = maker;
  }

  @Override
  public MatrixLink login(Path folder, URI homeserver, String user, String password)
      throws IOException, RefusedException, InterruptedException {
    return links().login(folder, homeserver, user, password);
  }

  @Override
  public MatrixLink open(Path folder) throws IOException, LoggedOutException, InterruptedException {
    return links().open(folder);
  }

  private synchronized MatrixLinks links() {
    var links = made;
    if (links == null) {
      links = maker.get();
      made = links;
    }
    return links;
  }
}
