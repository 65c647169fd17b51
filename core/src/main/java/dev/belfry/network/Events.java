package dev.belfry.network;

import dev.belfry.model.AccountState;
import java.util.List;

/** Where a client puts what its network says. */
public interface Events {
  /**
   * Stores a batch in one transaction and returns when it is committed; acknowledge to the network
   * after that. Seeing a batch again after a crash changes nothing. An event that cannot be stored
   * is put aside with its reason and does not hold the others up. A batch holds a few hundred
   * events at most, so that other work gets between.
   */
  void accept(List<NetworkEvent> batch);

  /**
   * The account's state, when it changes while {@link NetworkClient#run} is running. Connected is
   * told once what the network had kept since the last time has been accepted: from then on what
   * comes is news, and echoes that are missing are missing.
   */
  void state(AccountState state);
}
