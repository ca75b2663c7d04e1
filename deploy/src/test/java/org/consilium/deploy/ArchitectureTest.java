package org.consilium.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the poms cannot keep. */
class ArchitectureTest {
  private static JavaClasses consilium;

  @BeforeAll
  static void read() {
    consilium =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.consilium");
  }

  @Test
  void the_middle_modules_do_not_see_one_another() {
    for (var module : new String[] {"signaling", "scheduling", "records"}) {
      noClasses()
          .that()
          .resideInAPackage("org.consilium." + module + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others(module))
          .because("what passes between them is an event or a port that deploy fills")
          .check(consilium);
    }
  }

  private static String[] others(String module) {
    return java.util.stream.Stream.of("signaling", "scheduling", "records", "deploy")
        .filter(other -> !other.equals(module))
        .map(other -> "org.consilium." + other + "..")
        .toArray(String[]::new);
  }

  @Test
  void platform_knows_no_module() {
    noClasses()
        .that()
        .resideInAPackage("org.consilium.platform..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.consilium.signaling..",
            "org.consilium.scheduling..",
            "org.consilium.records..",
            "org.consilium.deploy..")
        .because("it has no medicine in it")
        .check(consilium);
  }

  @Test
  void features_of_a_module_have_no_cycles() {
    for (var module : new String[] {"signaling", "scheduling", "records"}) {
      slices()
          .matching("org.consilium." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("a feature that needs itself by a detour is two features tangled")
          .check(consilium);
    }
  }

  @Test
  void sql_is_spoken_in_stores_only() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.consilium.signaling..", "org.consilium.scheduling..", "org.consilium.records..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.pgclient..", "java.sql..")
        .because("modules reach the database through platform's transactions")
        .check(consilium);
    classes()
        .that()
        .haveSimpleNameEndingWith("Routes")
        .and()
        .resideInAnyPackage(
            "org.consilium.signaling..", "org.consilium.scheduling..", "org.consilium.records..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("io.vertx.sqlclient..")
        .because("a route translates and decides nothing")
        .check(consilium);
  }

  @Test
  void only_deploy_and_identifiers_read_the_system_clock() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.consilium.deploy..", "org.consilium.platform.id..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .because("tests set the time")
        .check(consilium);
  }

  @Test
  void nobody_prints_but_the_program_that_starts() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.consilium.deploy..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("a log line has a level and no personal data")
        .check(consilium);
  }

  @Test
  void one_class_knows_the_inside_of_the_web_server() {
    noClasses()
        .that()
        .doNotHaveSimpleName("SignalPipeline")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.core.internal..")
        .because("an upgrade of the web server must break in one place")
        .check(consilium);
  }
}
