package dev.belfry.core;

import dev.belfry.model.AccountId;
import dev.belfry.model.HubException;
import dev.belfry.network.NetworkClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The clients that are connected now, for what must be asked of a network while somebody waits. */
final class Connections {
  private final Map<AccountId, NetworkClient> clients = new ConcurrentHashMap<>();

  void opened(AccountId account, NetworkClient client) {
    clients.put(account, client);
  }

  void closed(AccountId account, NetworkClient client) {
    clients.remove(account, client);
  }

  boolean isOpen(AccountId account) {
    return clients.containsKey(account);
  }

  Optional<NetworkClient> find(AccountId account) {
    return Optional.ofNullable(clients.get(account));
  }

  /** The account's client; a refusal that says so where it is not connected. */
  NetworkClient require(AccountId account) {
    var client = clients.get(account);
    if (client == null) {
      throw notConnected(account);
    }
    return client;
  }

  static HubException notConnected(AccountId account) {
    return HubException.unprocessable(
        "NOT_CONNECTED",
        "The account \"%s\" is not connected to its network now; see its status and try again later"
            .formatted(account));
  }
}
