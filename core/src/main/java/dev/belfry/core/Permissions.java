package dev.belfry.core;

import dev.belfry.model.Chat;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Permission;
import dev.belfry.store.Tx;
import java.util.Locale;

/**
 * The one place that decides what may be done. All that is done on behalf of a grant comes through
 * here before anything else is looked at; what may be seen the store has decided already.
 */
final class Permissions {
  private Permissions() {}

  /**
   * The chat that something is to be done in.
   *
   * @param chat a canonical or a local id
   * @throws HubException 403 if the grant never allows it, 404 for a chat that is not there and one
   *     that may not be seen alike
   */
  static Chat require(Tx tx, Permission permission, String chat) {
    require(tx.grant(), permission);
    return Chats.require(tx, chat, 0);
  }

  static void require(Grant grant, Permission permission) {
    if (!grant.allows(permission)) {
      throw new HubException(
          HubException.Reason.FORBIDDEN,
          "The token lacks the scope " + permission.scope().name().toLowerCase(Locale.ROOT));
    }
  }
}
