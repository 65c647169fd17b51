package dev.belfry.matrix;

import dev.belfry.matrix.http.Answer;
import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.matrix.json.Json;
import dev.belfry.model.AccountId;
import dev.belfry.network.Connector;
import dev.belfry.network.LoggedOutException;
import dev.belfry.network.Login;
import dev.belfry.network.NetworkClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The Matrix network. */
public final class MatrixConnector implements Connector {
  private static final System.Logger LOG = System.getLogger(MatrixConnector.class.getName());
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

  /** What waits for its key goes on waiting: the key may come to the new device as well. */
  @Override
  public void renewed(Path before, Path now) throws IOException {
    Identity old = Identity.read(before);
    Identity fresh = Identity.read(now);
    if (old != null && fresh != null && old.user().equals(fresh.user())) {
      PendingKeys.open(now).add(PendingKeys.open(before).all());
    }
  }

  @Override
  public NetworkClient open(AccountId account, Path folder) {
    return new MatrixClient(links, folder, clock);
  }

  @Override
  public void logout(AccountId account, Path folder) throws IOException, InterruptedException {
    try (MatrixLink link = links.open(folder);
        MatrixApi api = new MatrixApi(link.homeserver(), link.accessToken())) {
      Answer answer =
          MatrixApi.patiently(() -> api.post(Json.of(Map.of()), List.of("logout"), Map.of()));
      if (!answer.isOk() && answer.status() != 401) {
        throw new IOException("the homeserver did not end the login: " + answer.message());
      }
    } catch (LoggedOutException e) {
      // There is no login to end.
      LOG.log(System.Logger.Level.DEBUG, "account {0} was logged out already", account);
    }
  }
}
