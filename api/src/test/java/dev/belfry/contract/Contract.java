package dev.belfry.contract;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.belfry.api.codec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of the contract. Strict: a key that the contract does not know is a fault. Modules
 * that use it need the validator ({@code com.networknt:json-schema-validator}) in their test scope.
 */
public final class Contract {
  private static final Path FOLDER = find();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private Contract() {}

  /** The folder of the contract: {@code shared/contract}, beside the project or above that. */
  public static Path folder() {
    return FOLDER;
  }

  /** What is wrong with some JSON, a line each; empty if it is as the schema wants it. */
  public static List<String> faults(String schema, byte[] json) {
    return SCHEMAS
        .computeIfAbsent(schema, Contract::load)
        .validate(
            new String(json, StandardCharsets.UTF_8),
            InputFormat.JSON,
            run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  /** Fails if some JSON is not as the schema wants it. */
  public static void assertValid(String schema, byte[] json) {
    List<String> faults = faults(schema, json);
    if (!faults.isEmpty()) {
      throw new AssertionError(
          schema + ": " + faults + "\n" + new String(json, StandardCharsets.UTF_8));
    }
  }

  /**
   * Fails if some JSON object is not as the schema wants it, apart from keys at its top that the
   * contract does not know and Belfry adds on purpose. They must be there.
   */
  public static void assertValidWith(String schema, byte[] json, String... added) {
    var object = new LinkedHashMap<Object, @Nullable Object>((Map<?, ?>) Codec.tree(json));
    for (String key : added) {
      if (object.remove(key) == null) {
        throw new AssertionError(key + " is missing: " + object);
      }
    }
    assertValid(schema, Codec.toBytes(object));
  }

  private static Schema load(String schema) {
    try {
      return REGISTRY.getSchema(Files.readString(FOLDER.resolve("schemas/" + schema + ".json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find() {
    @Nullable Path at = Path.of("").toAbsolutePath();
    for (; at != null; at = at.getParent()) {
      Path folder = at.resolve("shared/contract");
      if (Files.isDirectory(folder)) return folder;
    }
    throw new IllegalStateException("no folder shared/contract beside the project");
  }
}
