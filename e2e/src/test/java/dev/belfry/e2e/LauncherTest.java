package dev.belfry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that start the program. */
@Tag("e2e")
class LauncherTest {
  private static final Path ROOT = Workspace.module().resolveSibling(".").normalize();
  private static final String VERSION = "belfry [0-9]+\\.[0-9]+\\.[0-9]+\n";

  @TempDir Path folder;

  /** A script that has ended. */
  private record Ran(int status, String out, String err) {}

  private Ran run(Path script, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    // the build that these tests are part of must not be begun again
    builder.environment().putAll(Map.of("BELFRY_BUILT", "yes", "BELFRY_CACHE", "off"));
    builder.environment().putAll(variables);
    int status = builder.start().waitFor();
    return new Ran(
        status,
        Files.readString(folder.resolve("out"), UTF_8),
        Files.readString(folder.resolve("err"), UTF_8));
  }

  @Test
  void runsFromAnywhereThroughALinkWithASpace() throws Exception {
    Path link = Files.createDirectory(folder.resolve("a b")).resolve("be l");
    Files.createSymbolicLink(link, ROOT.resolve("belfry"));
    Path relative = folder.resolve("second");
    Files.createSymbolicLink(relative, Path.of("a b", "be l"));
    var ran = run(relative, Map.of(), "version");
    assertEquals(0, ran.status(), ran.err());
    assertTrue(ran.out().matches(VERSION), ran.out());
  }

  @Test
  void theBuiltApplicationCanBeMovedAndKeepsACacheOfItsOwn() throws Exception {
    Path app = folder.resolve("moved app");
    copy(Workspace.program().resolve("../..").normalize(), app);
    Path script = app.resolve("bin/belfry");
    Path caches = folder.resolve("ca che");
    var cached = Map.of("BELFRY_CACHE", caches.toString());
    var trained = run(script, cached, "train");
    assertEquals(0, trained.status(), trained.err());
    try (var made = Files.list(caches)) {
      var names = made.map(path -> path.getFileName().toString()).toList();
      assertEquals(1, names.size(), names::toString);
      assertTrue(names.getFirst().endsWith(".aot"), names::toString);
    }
    var ran = run(script, cached, "version");
    assertEquals(0, ran.status(), ran.err());
    assertTrue(ran.out().matches(VERSION), ran.out());
    assertFalse(ran.err().contains("warning"), ran.err());
  }

  @Test
  void saysWhichJavaIsWrong() throws Exception {
    for (Path script : List.of(ROOT.resolve("belfry"), Workspace.program())) {
      var ran = run(script, Map.of("BELFRY_JAVA_HOME", "/nowhere"), "version");
      assertEquals(1, ran.status());
      assertTrue(ran.err().contains("/nowhere, which holds no JDK 25"), ran.err());
      assertEquals("", ran.out());
    }
  }

  @Test
  void anOldJavaIsPassedOver() throws Exception {
    Path old = folder.resolve("old");
    Files.createDirectories(old.resolve("bin"));
    Files.createSymbolicLink(
        old.resolve("bin/java"), Path.of(System.getProperty("java.home"), "bin", "java"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
    var variables = Map.of("JAVA_HOME", old.toString(), "BELFRY_JAVA_HOME", "");
    var path = System.getProperty("java.home") + "/bin:/usr/bin:/bin";
    var ran = run(Workspace.program(), with(variables, "PATH", path), "version");
    assertEquals(0, ran.status(), ran.err());
    assertTrue(ran.out().matches(VERSION), ran.out());
  }

  @Test
  void unknownTestsAreAnError() throws Exception {
    var ran = run(ROOT.resolve("belfry"), Map.of(), "test", "unti");
    assertEquals(2, ran.status());
    assertTrue(ran.err().contains("there are: unit, hub, e2e"), ran.err());
  }

  private static Map<String, String> with(Map<String, String> all, String name, String value) {
    var more = new HashMap<>(all);
    more.put(name, value);
    return more;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
