package dev.belfry.core;

import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Permission;
import dev.belfry.store.Database;
import java.io.IOException;

/** Telling others that the user is writing. Kept nowhere: a signal that comes late is of no use. */
public final class Typing {
  private final Database database;
  private final Connections connections;

  Typing(Database database, Connections connections) {
    this.database = database;
    this.connections = connections;
  }

  /** Says that the user is writing, or no longer; networks forget it after about 30 s. */
  public void set(Grant grant, String chat, boolean typing) {
    var of = database.read(grant, tx -> Permissions.require(tx, Permission.SHOW_TYPING, chat));
    Can.reach(of);
    Can.require(of.capabilities().typingNotifications(), of, "Telling others that you are writing");
    try {
      connections.require(of.account()).typing(of.networkKey(), typing);
    } catch (IOException e) {
      throw new HubException(
          HubException.Reason.UNPROCESSABLE,
          "NETWORK_FAILED",
          "The network could not be told: " + e.getMessage(),
          java.util.List.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Connections.notConnected(of.account());
    }
  }
}
