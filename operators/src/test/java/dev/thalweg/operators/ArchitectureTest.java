package dev.thalweg.operators;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The rules that hold in all main code of this module. */
@AnalyzeClasses(
    packages = "dev.thalweg.operators",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_NEITHER_KAFKA_NOR_YAML_NOR_FILES_NOR_CLOCKS_NOR_CONFIGURATION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "org\\.apache\\.kafka\\..*"
                  + "|org\\.apache\\.flink\\.connector\\.(kafka|jdbc|file)\\..*"
                  + "|org\\.(yaml\\.snakeyaml|snakeyaml\\.engine)\\..*"
                  + "|java\\.io\\.(File|FileInputStream|FileOutputStream|FileReader|FileWriter)"
                  + "|java\\.io\\.RandomAccessFile"
                  + "|java\\.nio\\.file\\..*"
                  + "|java\\.nio\\.channels\\..*"
                  + "|java\\.time\\.Clock"
                  + "|java\\.sql\\..*"
                  + "|org\\.apache\\.flink\\.configuration\\..*"
                  + "|dev\\.thalweg\\.jobs\\..*");

  @ArchTest
  static final ArchRule DESCRIBES_STATE_ONLY_IN_STATE_HOLDERS =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("State")
          .should()
          .callConstructorWhere(target(owner(assignableTo(StateDescriptor.class))));

  @ArchTest
  static final ArchRule HAS_NO_STATIC_FIELD_THAT_CAN_BE_SET =
      fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule HAS_NO_STATIC_COLLECTION_OR_COUNTER =
      fields()
          .that()
          .areStatic()
          .should()
          .notHaveRawType(assignableTo(Collection.class))
          .andShould()
          .notHaveRawType(assignableTo(Map.class))
          .andShould()
          .notHaveRawType(nameMatching("java\\.util\\.concurrent\\..*"));

  @ArchTest
  static final ArchRule READS_NO_CLOCK_DOES_NOT_SLEEP_OR_PRINT =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Manager|Helper|Impl)(\\$.*)?")
          .orShould()
          .haveNameMatching(".*\\.(util|utils|common|helper|helpers|impl|misc)\\..*");

  @ArchTest
  static final ArchRule GIVES_NO_UIDS_OR_NAMES_TO_STEPS =
      noClasses()
          .should()
          .callMethodWhere(
              target(
                  nameMatching("uid|name|setUidHash")
                      .and(owner(assignableTo(DataStream.class)).forSubtype())));
}
