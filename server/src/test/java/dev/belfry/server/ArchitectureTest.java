package dev.belfry.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The walls of the house that the compiler does not keep (ARCHITECTURE.md). */
@Tag("unit")
class ArchitectureTest {
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
        .resideInAPackage("java.sql..")
        .check(CLASSES);
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
        .resideInAnyPackage(
            "dev.belfry.model..", "dev.belfry.network..", "dev.belfry.store..", "dev.belfry.core..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.InstantSource.class, "system")
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
