package dev.belfry.store;

import dev.belfry.model.Client;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Programs that registered themselves to ask for access. */
public final class ClientTable {
  private final Sql sql;

  ClientTable(Sql sql) {
    this.sql = sql;
  }

  public void add(Client client) {
    sql.update(
        "INSERT INTO client (id, name, uri, redirect_uris, created, used) VALUES (?, ?, ?, ?, ?, ?)",
        client.id(),
        client.name(),
        client.uri(),
        String.join("\n", client.redirectUris()),
        client.createdAt().toEpochMilli(),
        client.createdAt().toEpochMilli());
  }

  public Optional<Client> find(String id) {
    return sql.first(
        "SELECT id, name, uri, redirect_uris, created FROM client WHERE id = ?",
        ClientTable::read,
        id);
  }

  /** It asks for access. */
  public void used(String id, Instant at) {
    sql.update("UPDATE client SET used = ? WHERE id = ?", at.toEpochMilli(), id);
  }

  /** Makes room: of those that have no token, the longest unused go until {@code most} are left. */
  public void keepUnused(int most) {
    long count =
        sql.number(0, "SELECT count(*) FROM client WHERE id NOT IN (SELECT client FROM consent)");
    if (count > most) {
      sql.update(
          """
          DELETE FROM client WHERE id IN (
            SELECT id FROM client WHERE id NOT IN (SELECT client FROM consent) ORDER BY used LIMIT ?)
          """,
          count - most);
    }
  }

  private static Client read(ResultSet row) throws SQLException {
    return new Client(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        List.of(row.getString(4).split("\n")),
        Instant.ofEpochMilli(row.getLong(5)));
  }
}
