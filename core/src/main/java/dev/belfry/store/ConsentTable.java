package dev.belfry.store;

import dev.belfry.model.Consent;
import java.util.Optional;

/** Tokens that came of a person's consent. */
public final class ConsentTable {
  private final Sql sql;

  ConsentTable(Sql sql) {
    this.sql = sql;
  }

  /**
   * Notes a new token's consent.
   *
   * @param code the hash of the code that is exchanged for the token; never given twice
   */
  public void add(String token, Consent consent, byte[] code) {
    sql.update(
        "INSERT INTO consent (token, client, resource, code) VALUES (?, ?, ?, ?)",
        token,
        consent.client(),
        consent.resource(),
        code);
  }

  /** Empty for a token that was made by hand. */
  public Optional<Consent> find(String token) {
    return sql.first(
        "SELECT client, resource FROM consent WHERE token = ?",
        row -> new Consent(row.getString(1), row.getString(2)),
        token);
  }

  /** The token that a code was exchanged for. */
  public Optional<String> tokenOf(byte[] code) {
    return sql.first(
        "SELECT token FROM consent WHERE code = ?", row -> row.getString(1), (Object) code);
  }

  /** Ends the memory of tokens that have expired before {@code millis} (Unix). */
  public void forgetExpired(long millis) {
    sql.update("DELETE FROM token WHERE expires < ? AND id IN (SELECT token FROM consent)", millis);
  }
}
