package dev.belfry.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.belfry.api.codec.Codec;
import io.avaje.jsonb.Jsonb;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The walls of the house that the compiler does not keep (ARCHITECTURE.md). */
@Tag("unit")
class ArchitectureTest {
  private static final int MOST_FILES = 25;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.belfry");

  @Test
  void theRulesSeeTheWholeHouse() {
    for (var name :
        List.of(
            "dev.belfry.api.Chat",
            "dev.belfry.core.Hub",
            "dev.belfry.store.Database",
            "dev.belfry.sandbox.SandboxConnector",
            "dev.belfry.matrix.MatrixConnector",
            "dev.belfry.http.WebServer")) {
      assertTrue(CLASSES.contain(name), name);
    }
  }

  @Test
  void onlyTheStoreAndTheKeyStoreKnowSql() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.belfry.store..", "dev.belfry.matrix.trixnity..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
        .check(CLASSES);
  }

  @Test
  void theClientSeesTheWireAlone() {
    // Not on this module's class path, as the server has no use for it.
    var client = new ClassFileImporter().importPath(Path.of("../sdk/target/classes"));
    assertTrue(client.contain("dev.belfry.sdk.Belfry"));
    classes()
        .that()
        .resideInAPackage("dev.belfry.sdk..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.belfry.sdk..", "dev.belfry.api..", "java..", "org.jspecify.annotations..")
        .check(client);
    noClasses()
        .that()
        .resideInAPackage("dev.belfry.api..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.belfry..").and(not(resideInAPackage("dev.belfry.api.."))))
        .check(CLASSES);
  }

  @Test
  void onlyTheCodecBuildsTheJsonLibrary() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Codec.class)
        .should()
        .callMethod(Jsonb.class, "builder")
        .orShould()
        .callMethod(Jsonb.class, "instance")
        .check(CLASSES);
  }

  @Test
  void nobodyPrintsButTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.belfry.server.process..") // where the terminal is
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.belfry.server..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(PrintStream.class)
        .check(CLASSES);
  }

  @Test
  void whereNullMayBeIsWrittenEverywhere() {
    for (var name : packages().keySet()) {
      assertTrue(
          CLASSES.getPackage(name).isAnnotatedWith(NullMarked.class), name + " is not @NullMarked");
    }
  }

  /** Packages that may hold more files than others, and why. */
  private static final Map<String, String> LARGE =
      Map.of(
          "dev.belfry.api", "a record a file, and clients import them from one place",
          "dev.belfry.model", "likewise, and nothing but records",
          "dev.belfry.store", "a class a table, which see each other's SQL and nobody else's",
          "dev.belfry.core",
              "chats, messages, outbox and permissions work on each other's parts: packages of them would form rings",
          "dev.belfry.http", "routes, a file a resource; what they share is in sub-packages",
          "dev.belfry.server.cli", "a command a file");

  @Test
  void packagesStaySmall() {
    packages()
        .forEach((name, files) ->
            assertTrue(
                files.size() <= MOST_FILES || LARGE.containsKey(name),
                () -> name + " holds " + files.size() + " files: " + files));
  }

  /** The source files of each package, package-info left out. */
  private static Map<String, Set<String>> packages() {
    var packages = new TreeMap<String, Set<String>>();
    for (var each : CLASSES) {
      var file = each.getSource().flatMap(Source::getFileName).orElse("");
      if (file.endsWith(".java") && !file.equals("package-info.java") && !isGenerated(each)) {
        packages.computeIfAbsent(each.getPackageName(), _ -> new TreeSet<>()).add(file);
      }
    }
    return packages;
  }

  private static boolean isGenerated(JavaClass each) {
    return each.getSimpleName().endsWith("JsonAdapter")
        || each.getPackageName().endsWith(".jsonb")
        || each.isAnnotatedWith("io.avaje.jsonb.spi.Generated");
  }

  @Test
  void theMatrixLibraryStaysBehindItsBridge() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.belfry.matrix.trixnity..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("de.connect2x..")
        .check(CLASSES);
  }

  @Test
  void connectorsSeeTheContractAndNotEachOther() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.belfry.sandbox..", "dev.belfry.matrix..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.belfry.core..", "dev.belfry.store..", "dev.belfry.http..", "dev.belfry.server..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.belfry.sandbox..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.belfry.matrix..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.belfry.matrix..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.belfry.sandbox..")
        .check(CLASSES);
  }

  @Test
  void theModelKnowsNothingOfWhatIsDoneWithIt() {
    noClasses()
        .that()
        .resideInAPackage("dev.belfry.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.belfry.network..",
            "dev.belfry.store..",
            "dev.belfry.core..",
            "dev.belfry.http..",
            "dev.belfry.server..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage("dev.belfry.store..", "dev.belfry.network..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.belfry.core..", "dev.belfry.http..", "dev.belfry.server..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.belfry.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.belfry.http..", "dev.belfry.server..")
        .check(CLASSES);
  }

  @Test
  void nobodyReadsTheWallClockButTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.belfry.server..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(OffsetDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callConstructor(Date.class)
        .check(CLASSES);
  }

  @Test
  void theBigPackagesStandInNoCircle() {
    slices().matching("dev.belfry.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noNameSaysNothing() {
    noClasses()
        .that()
        .resideInAPackage("dev.belfry..")
        .should()
        .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Service|Processor)")
        .check(CLASSES);
  }
}
