package dev.thalweg.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.thalweg.jobs.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of the architecture that hold for all jobs. */
@AnalyzeClasses(packages = "dev.thalweg", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String JOBS = "dev.thalweg.jobs..";
  private static final String OPERATORS = "dev.thalweg.operators..";
  private static final String SCHEMAS = "dev.thalweg.schemas..";

  @ArchTest
  static final ArchRule OPERATORS_DO_NOT_KNOW_JOBS =
      noClasses()
          .that()
          .resideInAPackage(OPERATORS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              JOBS,
              "org.apache.kafka..",
              "org.apache.flink.connector.kafka..",
              "org.snakeyaml..",
              "java.sql..",
              "org.postgresql..");

  @ArchTest
  static final ArchRule SCHEMAS_DO_NOT_KNOW_OTHERS =
      noClasses()
          .that()
          .resideInAPackage(SCHEMAS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(OPERATORS, JOBS, "org.apache.flink..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule ENDS_AND_CONFIGURATION_DO_NOT_KNOW_JOBS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.thalweg.jobs.config..",
              "dev.thalweg.jobs.kafka..",
              "dev.thalweg.jobs.postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.thalweg.jobs.ingest..",
              "dev.thalweg.jobs.metrics..",
              "dev.thalweg.jobs.experiments..");

  @ArchTest
  static final ArchRule ONLY_STEPS_NAMES_OPERATORS =
      noClasses()
          .that()
          .resideInAPackage(JOBS)
          .and()
          .doNotHaveFullyQualifiedName(Steps.class.getName())
          .should()
          .callMethodWhere(
              target(nameMatching("uid|name|setUidHash|setDescription"))
                  .and(
                      target(
                          owner(resideInAPackage("org.apache.flink.streaming.api.datastream..")))));

  @ArchTest
  static final ArchRule ONLY_STATE_CLASSES_DESCRIBE_STATE =
      noClasses()
          .that(not(simpleNameEndingWith("State")).and(not(resideInAPackage(OPERATORS))))
          .and()
          .resideInAPackage(JOBS)
          .should()
          .dependOnClassesThat()
          .haveNameMatching("org\\.apache\\.flink\\.api\\.common\\.state\\..*Descriptor");

  @ArchTest
  static final ArchRule TOPOLOGIES_ONLY_DEFINE =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Topology")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio.file..",
              "java.time.chrono..",
              "org.apache.flink.connector.kafka..",
              "org.apache.kafka..",
              "dev.thalweg.jobs.kafka..",
              "dev.thalweg.jobs.postgres..")
          .orShould()
          .callMethodWhere(
              target(
                  nameMatching(
                      "execute|executeAsync|getExecutionEnvironment|now|currentTimeMillis|nanoTime|getenv|getProperty")))
          .because("a topology defines the graph from what it is given, and does nothing else");

  @ArchTest
  static final ArchRule NOTHING_SLEEPS_OR_PRINTS =
      noClasses()
          .that()
          .resideInAPackage(JOBS)
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule ONLY_MAIN_EXECUTES =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Job")
          .and()
          .resideInAPackage(JOBS)
          .should()
          .callMethodWhere(
              target(nameMatching("execute|executeAsync"))
                  .and(
                      target(
                          owner(
                              JavaClass.Predicates.assignableTo(
                                  "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment")))));

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Misc|Common)$")
          .because("a class is called by verb and object, or by the noun of the field");

  @ArchTest
  static final ArchRule NO_STATIC_STATE =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage(JOBS)
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule MAIN_METHODS_ARE_IN_JOBS =
      methods()
          .that()
          .haveName("main")
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage(JOBS)
          .should()
          .beDeclaredInClassesThat()
          .haveSimpleNameEndingWith("Job");

  @ArchTest
  static final ArchRule OPTIONS_STAY_INSIDE =
      classes()
          .that()
          .haveSimpleNameEndingWith("Options")
          .and()
          .resideInAnyPackage(
              "dev.thalweg.jobs.ingest..",
              "dev.thalweg.jobs.metrics..",
              "dev.thalweg.jobs.experiments..")
          .should()
          .notHaveModifier(JavaModifier.PUBLIC);

  /** Names of topics, hosts and ports, as text in code. Kafka's own `kafka.bootstrap` is none. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"[^\"]*(events\\.(raw|canonical|dead-letter)|reference\\.profiles|localhost|127\\.0\\.0\\.1|:\\d{4,5}\\b)[^\"]*\"");

  @Test
  void topicsHostsAndPortsAreOnlyInConfiguration() throws IOException {
    Path main = Repository.file("jobs/src/main/java");
    List<String> found = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(main)) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        Files.readAllLines(source).stream()
            .filter(line -> LITERAL.matcher(line).find())
            .forEach(line -> found.add(source.getFileName() + ": " + line.strip()));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void topologyReadsOnAPage() throws IOException {
    Path topologies = Repository.file("jobs/src/main/java/dev/thalweg/jobs");
    try (Stream<Path> sources = Files.walk(topologies)) {
      for (Path source :
          sources.filter(path -> path.toString().endsWith("Topology.java")).toList()) {
        List<String> lines = Files.readAllLines(source);
        int begin = indexOf(lines, 0, "  public static void define(");
        int end = indexOf(lines, begin, "  }");
        assertThat(end - begin).as("lines of define in %s", source).isLessThanOrEqualTo(45);
      }
    }
  }

  private static int indexOf(List<String> lines, int from, String begin) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).startsWith(begin)) {
        return i;
      }
    }
    throw new AssertionError("no line begins with " + begin);
  }
}
