package dev.belfry.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The validator itself: it passes what it must pass and refuses what it must refuse. */
@Tag("unit")
class ContractTest {
  @TestFactory
  Stream<DynamicTest> passes() throws IOException {
    return examples("valid")
        .map(file ->
            DynamicTest.dynamicTest(
                file.getFileName().toString(),
                () ->
                    assertEquals(
                        List.of(), Contract.faults(schema(file), Files.readAllBytes(file)))));
  }

  @TestFactory
  Stream<DynamicTest> refuses() throws IOException {
    return examples("invalid")
        .map(file ->
            DynamicTest.dynamicTest(
                file.getFileName().toString(),
                () ->
                    assertFalse(
                        Contract.faults(schema(file), Files.readAllBytes(file)).isEmpty())));
  }

  private static Stream<Path> examples(String kind) throws IOException {
    try (Stream<Path> files = Files.list(Contract.folder().resolve("examples/" + kind))) {
      return files.sorted().toList().stream();
    }
  }

  /** The longest schema name that the file name begins with. */
  static String schema(Path file) throws IOException {
    String name = file.getFileName().toString();
    try (Stream<Path> schemas = Files.list(Contract.folder().resolve("schemas"))) {
      return schemas
          .map(schema -> schema.getFileName().toString().replaceFirst("\\.json$", ""))
          .filter(schema -> name.startsWith(schema + "."))
          .max(Comparator.comparingInt(String::length))
          .orElseThrow();
    }
  }
}
