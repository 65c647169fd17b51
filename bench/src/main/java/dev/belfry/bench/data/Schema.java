package dev.belfry.bench.data;

import dev.belfry.store.Database;
import java.io.IOException;
import java.util.zip.CRC32;

/** Tells stores of different builds apart. */
final class Schema {
  private Schema() {}

  /** Of all steps of the schema, as text: a changed one makes kept data useless. */
  static String fingerprint() throws IOException {
    var sum = new CRC32();
    for (int step = 1; ; step++) {
      try (var sql = Database.class.getResourceAsStream("%04d.sql".formatted(step))) {
        if (sql == null) {
          return "%d-%08x".formatted(step - 1, sum.getValue());
        }
        sum.update(sql.readAllBytes());
      }
    }
  }
}
