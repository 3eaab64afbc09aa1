package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class CanonicalEncoderTest {
  private static final int HEADER = SingleObject.HEADER_LENGTH;

  private final CanonicalEncoder encoder = new CanonicalEncoder("0.1.0+\u00e9");

  private static GenericRecord read(Contract contract, byte[] canonical) {
    assertThat(SingleObject.isMarked(canonical)).isTrue();
    assertThat(TestEvents.catalog().byCanonicalFingerprint(SingleObject.fingerprint(canonical)))
        .isSameAs(contract);
    return GenericReading.read(contract.canonicalSchema(), canonical, HEADER, canonical.length);
  }

  @Property(tries = 100)
  void writesWhatTheGenericReaderReads(@ForAll long seed, @ForAll long ingestedAt) {
    Random random = new Random(seed);
    for (Contract contract : TestEvents.catalog().events()) {
      TestEvent event = TestEvents.random(contract, random);
      byte[] avro = event.toAvro();
      Map<String, String> enrichment =
          Map.of("country", TestEvents.text(random), TestEvents.text(random), "x");
      GenericRecord canonical =
          read(
              contract,
              encoder.encode(
                  contract.canonicalFingerprint(),
                  SchemaRegistry.NO_ID,
                  contract.version(),
                  avro,
                  HEADER,
                  ingestedAt,
                  null,
                  new AvroBuffer().textMap(enrichment).toByteArray()));
      GenericRecord expected = GenericReading.read(contract.schema(), avro, HEADER, avro.length);
      for (ContractField field : contract.fields()) {
        assertThat(canonical.get(field.name())).isEqualTo(expected.get(field.name()));
      }
      assertThat(canonical.get("ingested_at")).isEqualTo(ingestedAt);
      assertThat(canonical.get("contract_version")).isEqualTo(1);
      assertThat(canonical.get("pipeline_version")).hasToString("0.1.0+\u00e9");
      assertThat(GenericReading.plain(canonical.get("enrichment"))).isEqualTo(enrichment);
    }
  }

  @Test
  void writesAnEmptyEnrichmentForNone() {
    Contract contract = TestEvents.catalog().newest("app_opened").orElseThrow();
    byte[] payload = TestEvents.of("app_opened").toAvroValue();
    for (byte[] none : new byte[][] {null, new AvroBuffer().textMap(Map.of()).toByteArray()}) {
      GenericRecord canonical =
          read(
              contract,
              encoder.encode(
                  contract.canonicalFingerprint(),
                  SchemaRegistry.NO_ID,
                  1,
                  payload,
                  0,
                  1,
                  null,
                  none));
      assertThat(GenericReading.plain(canonical.get("enrichment"))).isEqualTo(Map.of());
    }
  }

  @Test
  void evidenceStandsBeforeWhatWasJoined() {
    Contract contract = TestEvents.catalog().newest("app_opened").orElseThrow();
    byte[] payload = TestEvents.of("app_opened").toAvroValue();
    byte[] evidence = new AvroBuffer().mapBlock(Map.of("contract.written_version", "7"));
    byte[] joined = new AvroBuffer().textMap(Map.of("country", "AT")).toByteArray();
    long fingerprint = contract.canonicalFingerprint();

    GenericRecord both =
        read(
            contract,
            encoder.encode(fingerprint, SchemaRegistry.NO_ID, 8, payload, 0, 1, evidence, joined));
    assertThat(GenericReading.plain(both.get("enrichment")))
        .isEqualTo(Map.of("contract.written_version", "7", "country", "AT"));
    assertThat(both.get("contract_version")).isEqualTo(8);
    GenericRecord alone =
        read(
            contract,
            encoder.encode(fingerprint, SchemaRegistry.NO_ID, 8, payload, 0, 1, evidence, null));
    assertThat(GenericReading.plain(alone.get("enrichment")))
        .isEqualTo(Map.of("contract.written_version", "7"));
  }

  @Test
  void appendsTheContextToEachContract() {
    for (Contract contract : TestEvents.catalog().events()) {
      Schema canonical = contract.canonicalSchema();
      int count = contract.fields().size();
      assertThat(canonical.getNamespace()).isEqualTo("thalweg.canonical.v1");
      assertThat(canonical.getName()).isEqualTo(contract.schema().getName());
      assertThat(canonical.getFields().subList(0, count))
          .usingElementComparator((a, b) -> a.schema().equals(b.schema()) ? 0 : 1)
          .containsExactlyElementsOf(contract.schema().getFields());
      assertThat(
              canonical.getFields().stream()
                  .skip(count)
                  .map(field -> field.name() + " " + field.schema()))
          .containsExactly(
              "ingested_at {\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}",
              "contract_version \"int\"",
              "pipeline_version \"string\"",
              "enrichment {\"type\":\"map\",\"values\":\"string\"}");
      assertThat(contract.canonicalFingerprint())
          .isEqualTo(SchemaNormalization.parsingFingerprint64(canonical))
          .isNotEqualTo(contract.fingerprint());
    }
  }

  @Test
  void namesTheCanonicalRecordAfterTheLastEventsOfTheNamespace() {
    String avsc = TestContracts.avsc("sold", "my.events.shop.events.v1", TestContracts.CORE, "[]");
    Contract contract =
        TestContracts.catalog(new ContractSource.ContractFile("events/sold/v1.avsc", avsc))
            .newest("sold")
            .orElseThrow();
    assertThat(contract.canonicalSchema().getNamespace()).isEqualTo("my.events.shop.canonical.v1");
  }
}
