package dev.belfry.store;

import dev.belfry.model.Delivery;
import java.util.Optional;

/**
 * What networks say of how messages fare. They may say it before the message, and an earlier word
 * after a later one: history comes newest first.
 */
public final class DeliveryTable {
  private static final int WANTED_AT_MOST = 200;

  private final Sql sql;

  DeliveryTable(Sql sql) {
    this.sql = sql;
  }

  /** Follows a word of the network, unless a later one was followed; whether it was. */
  public boolean follow(long message, Delivery delivery) {
    return sql.update(
            "UPDATE message SET delivery = ?1, delivery_ts = ?2 WHERE id = ?3 AND ifnull(delivery_ts, 0) <= ?2",
            StoredJson.text(delivery),
            delivery.since().toEpochMilli(),
            message)
        > 0;
  }

  /** Keeps the latest word about a message that is not stored yet; of a chat the last few. */
  public void want(long chat, String key, Delivery delivery) {
    sql.update(
        """
        INSERT INTO wanted_delivery (chat, network_key, delivery, at) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET delivery = excluded.delivery, at = excluded.at WHERE excluded.at >= at
        """,
        chat,
        key,
        StoredJson.text(delivery),
        delivery.since().toEpochMilli());
    if (sql.number(0, "SELECT count(*) FROM wanted_delivery WHERE chat = ?", chat)
        > WANTED_AT_MOST) {
      sql.update(
          """
          DELETE FROM wanted_delivery WHERE chat = ?1 AND network_key = (
            SELECT o.network_key FROM (SELECT network_key, min(at) FROM wanted_delivery WHERE chat = ?1) o)
          """,
          chat);
    }
  }

  /** What was said of a message before it came; it is no longer kept here. */
  public Optional<Delivery> take(long chat, String key) {
    var found =
        sql.first(
            "SELECT delivery FROM wanted_delivery WHERE chat = ? AND network_key = ?",
            row -> row.getString(1),
            chat,
            key);
    if (found.isPresent()) {
      sql.update("DELETE FROM wanted_delivery WHERE chat = ? AND network_key = ?", chat, key);
    }
    return found.flatMap(json -> Optional.ofNullable(StoredJson.delivery(json)));
  }
}
