package dev.belfry.matrix;

import java.net.URI;
import java.nio.file.Path;

/** Hands out one device, to whoever knows that the password is "right". */
record FakeLinks(MatrixLink link) implements MatrixLinks {
  @Override
  public MatrixLink login(Path folder, URI homeserver, String user, String password)
      throws RefusedException {
    if (!password.equals("right")) {
      throw new RefusedException("Wrong password.");
    }
    return link;
  }

  @Override
  public MatrixLink open(Path folder) {
    return link;
  }
}
