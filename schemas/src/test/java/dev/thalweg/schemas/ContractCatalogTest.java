package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.schemas.testkit.TestEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class ContractCatalogTest {
  private static final Path CONTRACTS = Path.of("src/main/avro/contracts");

  private static final String CORE =
      "event_id STRING, event_time TIMESTAMP, user_id STRING?, anonymous_id STRING?, "
          + "correlation_id STRING?, source STRING = unknown, environment STRING = production, "
          + "producer_version STRING?, ";

  /** What users were promised. */
  private static final List<String> PROMISED =
      List.of(
          "app_opened: " + CORE + "platform STRING?, app_version STRING?, ip_address STRING?",
          "cart_added: "
              + CORE
              + "product_id STRING, quantity INT = 1, price_cents LONG?, session_id STRING?",
          "experiment_exposed: " + CORE + "experiment STRING, variant STRING, surface STRING?",
          "goal_reached: " + CORE + "goal STRING, value DOUBLE = 1.0",
          "order_placed: "
              + CORE
              + "order_id STRING?, product_id STRING?, quantity INT = 1, amount_cents LONG, "
              + "currency STRING = USD, session_id STRING?",
          "page_viewed: " + CORE + "page STRING, referrer STRING?, session_id STRING?",
          "product_viewed: "
              + CORE
              + "product_id STRING, category STRING?, brand STRING?, price_cents LONG?, "
              + "session_id STRING?",
          "user_signed_up: " + CORE + "email STRING?, country STRING?, plan STRING?");

  private final ContractCatalog catalog = TestEvents.catalog();

  private static String describe(Contract contract) {
    return contract.type()
        + ": "
        + String.join(", ", contract.fields().stream().map(ContractCatalogTest::describe).toList());
  }

  private static String describe(ContractField field) {
    String optional = field.nullable() ? "?" : "";
    String value = field.defaultValue() == null ? "" : " = " + field.defaultValue();
    return field.name() + " " + field.type() + optional + value;
  }

  @Test
  void holdsThePromisedEvents() {
    assertThat(catalog.events().stream().map(ContractCatalogTest::describe))
        .containsExactlyElementsOf(PROMISED);
  }

  @Test
  void requiresExactlyWhatIsNeitherOptionalNorDefaulted() {
    for (Contract contract : catalog.events()) {
      for (ContractField field : contract.fields()) {
        assertThat(field.required())
            .as(contract + " " + field.name())
            .isEqualTo(!field.nullable() && field.defaultValue() == null);
      }
    }
  }

  @Test
  void marksPersonalData() {
    List<String> personal =
        catalog.events().stream()
            .flatMap(
                contract ->
                    contract.schema().getFields().stream()
                        .filter(field -> field.getObjectProp("personal") != null)
                        .map(field -> contract.type() + "." + field.name()))
            .toList();
    assertThat(personal).containsExactly("app_opened.ip_address", "user_signed_up.email");
  }

  @Test
  void saysWhatEachFieldMeansAndWhoAnswersForIt() {
    for (Contract contract :
        Stream.concat(catalog.events().stream(), catalog.records().stream()).toList()) {
      assertThat(contract.owner()).matches("[a-z]+");
      assertThat(contract.schema().getDoc()).endsWith(".");
      assertThat(contract.fields()).allSatisfy(field -> assertThat(field.doc()).endsWith("."));
    }
  }

  @Test
  void listsExactlyTheFilesThatAreThere() throws IOException {
    try (Stream<Path> files = Files.walk(CONTRACTS)) {
      List<String> present =
          files
              .filter(file -> file.toString().endsWith(".avsc"))
              .map(file -> CONTRACTS.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
      assertThat(Files.readAllLines(CONTRACTS.resolve("index.txt")))
          .extracting(line -> line.split(" ")[0])
          .containsExactlyElementsOf(present);
      assertThat(present).hasSize(catalog.events().size() + catalog.records().size());
    }
  }

  @Test
  void findsByTypeVersionAndFingerprint() {
    for (Contract contract : catalog.events()) {
      assertThat(catalog.newest(contract.type())).containsSame(contract);
      assertThat(catalog.find(contract.type(), 1)).containsSame(contract);
      assertThat(catalog.find(contract.type(), 2)).isEmpty();
      long fingerprint = SchemaNormalization.parsingFingerprint64(contract.schema());
      assertThat(catalog.byFingerprint(fingerprint)).isSameAs(contract);
      assertThat(catalog.byCanonicalFingerprint(fingerprint)).isNull();
      assertThat(catalog.byCanonicalFingerprint(contract.canonicalFingerprint()))
          .isSameAs(contract);
      assertThat(catalog.byFingerprint(contract.canonicalFingerprint())).isNull();
    }
    assertThat(catalog.newest("nobody")).isEmpty();
    assertThat(catalog.byFingerprint(0)).isNull();
  }

  @Test
  void keepsRecordsApartFromEvents() {
    assertThat(catalog.records().stream().map(Contract::type))
        .containsExactly("dead_letter", "ledger", "metric_value", "profile");
    assertThat(catalog.newest("dead_letter")).isEmpty();
    assertThat(catalog.find("dead_letter", 1)).isEmpty();
    assertThat(catalog.record("profile").isEvent()).isFalse();
    assertThatThrownBy(() -> catalog.record("order_placed"))
        .isInstanceOf(ContractException.class)
        .hasMessage("no contract of a record order_placed");
  }

  @Test
  void aNewerRecordHidesNoEventOfTheSameName() {
    ContractSource.ContractFile record =
        new ContractSource.ContractFile(
            "records/sold/v2.avsc",
            TestContracts.avsc("sold", "a.records.v2", TestContracts.CORE, "[]"));
    ContractCatalog both = TestContracts.catalog(sold(1), record);
    assertThat(both.newest("sold")).map(Contract::version).contains(1);
    assertThat(both.record("sold").version()).isEqualTo(2);
  }

  @Test
  void takesTheHighestVersionForTheNewest() {
    ContractCatalog versions = TestContracts.catalog(sold(2), sold(10), sold(9));
    assertThat(versions.newest("sold")).map(Contract::version).contains(10);
    assertThat(versions.find("sold", 9)).map(Contract::version).contains(9);
    assertThat(versions.events().stream().map(Contract::toString))
        .containsExactly("sold v2", "sold v9", "sold v10");
  }

  @Test
  void takesOneFileOfSeveralSourcesOnceAndRefusesAnotherInItsPlace() {
    assertThat(TestContracts.catalog(sold(1), sold(2), sold(1)).events()).hasSize(2);
    assertThat(ContractCatalog.load(new ClassPathContracts(), new ClassPathContracts()).events())
        .hasSize(8);
    ContractSource.ContractFile other =
        TestContracts.file("sold", 1, "{\"name\":\"b\",\"type\":\"int\"}", "[]");
    assertThatThrownBy(() -> TestContracts.catalog(sold(1), sold(2), other))
        .isInstanceOf(ContractException.class)
        .hasMessage("sold v1 stands twice (also as sold v1): keep one");
  }

  private static ContractSource.ContractFile sold(int version) {
    return TestContracts.file("sold", version, "{\"name\":\"a\",\"type\":\"int\"}", "[]");
  }
}
