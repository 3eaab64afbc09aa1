package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.schemas.ContractSource.ContractFile;
import dev.thalweg.schemas.testkit.TestContractFiles;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events written under several versions of a contract, read through one. */
class EvolutionTest {
  private static final ContractFile V1 =
      version(1, "{'name': 'amount', 'type': 'int'}", "'rules': [],");
  private static final ContractFile V2 =
      version(
          2,
          "{'name': 'amount', 'type': 'long'},"
              + "{'name': 'channel', 'type': 'string', 'default': 'web'}",
          "'rules': [],");

  /** A changed default, a deprecated field, a field under a new name. */
  private static final ContractFile V3 =
      version(
          3,
          "{'name': 'total', 'aliases': ['amount'], 'type': 'double'},"
              + "{'name': 'channel', 'type': 'string', 'default': 'shop',"
              + " 'deprecated': {'since': '2026-01-01', 'sunset': '2027-01-01', 'reason': 'r'}}",
          "'rules': [{'name': 'total', 'cel': 'total < 1000.0', 'message': 'm'}],");

  private static ContractFile version(int version, String attributes, String properties) {
    return TestContractFiles.event("bill", version, attributes, properties);
  }

  private static EventDecoder decoder(ContractFile... files) {
    return new EventDecoder(TestContracts.catalog(files), 1 << 20, true);
  }

  private static byte[] json(int version, String attributes) {
    return ("{'event_type': 'bill', 'contract_version': "
            + version
            + ", 'event_id': 'e', 'event_time': 5, 'user_id': 'u', "
            + attributes
            + "}")
        .replace('\'', '"')
        .getBytes(StandardCharsets.UTF_8);
  }

  /** In single-object encoding, as its own version alone would write it. */
  private static byte[] avro(ContractFile file, String attributes) {
    EventDecoder own = decoder(file);
    Contract contract = own.catalog().events().get(0);
    assertThat(own.decode(json(contract.version(), attributes))).as(own.message()).isTrue();
    return new AvroBuffer()
        .header(contract.fingerprint())
        .raw(own.payload(), 0, own.payload().length)
        .toByteArray();
  }

  private static Map<?, ?> evidence(EventDecoder decoder) {
    byte[] block = decoder.evidence();
    byte[] map = java.util.Arrays.copyOf(block, block.length + 1);
    return GenericReading.textMap(map);
  }

  @Test
  void everyVersionIsReadAsTheNewest() {
    EventDecoder all = decoder(V1, V2, V3);
    Contract newest = all.catalog().newest("bill").orElseThrow();
    int total = newest.field("total").position();
    int channel = newest.field("channel").position();
    for (byte[] event :
        new byte[][] {
          avro(V1, "'amount': 7"), json(1, "'amount': 7"),
        }) {
      assertThat(all.decode(event)).as(all.message()).isTrue();
      assertThat(all.contract()).isSameAs(newest);
      assertThat(all.cursor().doubleValue(total)).isEqualTo(7);
      assertThat(all.cursor().text(channel)).as("the newest default").isEqualTo("shop");
      assertThat(evidence(all)).isEqualTo(Map.of("contract.written_version", "1"));
    }
    for (byte[] event :
        new byte[][] {
          avro(V2, "'amount': 1" + "0".repeat(12)), json(2, "'amount': 1" + "0".repeat(12))
        }) {
      assertThat(all.decode(event)).as(all.message()).isTrue();
      assertThat(all.contract()).isSameAs(newest);
      assertThat(all.cursor().doubleValue(total)).isEqualTo(1e12);
      assertThat(all.cursor().text(channel)).as("what version 2 wrote").isEqualTo("web");
      assertThat(evidence(all)).isEqualTo(Map.of("contract.written_version", "2"));
    }
    assertThat(all.decode(avro(V3, "'total': 0.5"))).isTrue();
    assertThat(all.evidence()).as("nothing was changed").isNull();
    assertThat(all.cursor().text(channel)).isEqualTo("shop");
  }

  @Test
  void jsonMayNameAFieldAsItWasCalledBefore() {
    EventDecoder all = decoder(V1, V2, V3);
    int total = all.catalog().newest("bill").orElseThrow().field("total").position();
    assertThat(all.decode(json(3, "'amount': 2"))).as(all.message()).isTrue();
    assertThat(all.cursor().doubleValue(total)).isEqualTo(2);
    assertThat(all.decode(json(3, "'amount': 2, 'total': 3"))).as(all.message()).isTrue();
    assertThat(all.cursor().doubleValue(total)).isEqualTo(3);
    assertThat(all.decode(json(3, "'total': 3, 'amount': 2"))).as(all.message()).isTrue();
    assertThat(all.cursor().doubleValue(total)).isEqualTo(3);
  }

  @Test
  void versionThatTheNewestCannotReadIsReadAsTheNewestThatCan() {
    ContractFile incompatible = version(3, "{'name': 'amount', 'type': 'boolean'}", "");
    EventDecoder all = decoder(V1, V2, incompatible);
    assertThat(all.decode(avro(V1, "'amount': 7"))).isTrue();
    assertThat(all.contract().version()).isEqualTo(2);
    assertThat(all.decode(avro(V2, "'amount': 7"))).isTrue();
    assertThat(all.contract().version()).isEqualTo(2);
    assertThat(all.evidence()).isNull();
  }

  @Test
  void supersededVersionIsReadAsIfWrittenUnderItsSuccessor() {
    ContractFile bad = version(2, "{'name': 'amount', 'type': 'string'}", "");
    ContractFile good =
        version(
            3,
            "{'name': 'amount', 'type': ['null', 'string'], 'default': null},"
                + "{'name': 'cents', 'type': 'long', 'default': 9}",
            "'supersedes': [{'version': 2, 'reason': 'amount was text'}],");
    ContractFile newest =
        version(
            4,
            "{'name': 'amount', 'type': ['null', 'string'], 'default': null},"
                + "{'name': 'cents', 'type': 'double', 'default': 1.0}",
            "");
    EventDecoder all = decoder(V1, bad, good, newest);
    int cents = all.catalog().newest("bill").orElseThrow().field("cents").position();
    for (byte[] event : new byte[][] {avro(bad, "'amount': 'x'"), json(2, "'amount': 'x'")}) {
      assertThat(all.decode(event)).as(all.message()).isTrue();
      assertThat(all.contract().version()).isEqualTo(4);
      assertThat(all.cursor().doubleValue(cents)).as("the default of version 3").isEqualTo(9);
      assertThat(evidence(all))
          .isEqualTo(
              Map.of(
                  "contract.written_version", "2",
                  "contract.superseded_reason", "amount was text"));
    }
  }

  @Test
  void supersededEventThatDoesNotFitItsSuccessorBreaksTheContract() {
    ContractFile bad = version(2, "{'name': 'amount', 'type': 'string'}", "");
    ContractFile good =
        version(
            3,
            "{'name': 'amount', 'type': 'long'}",
            "'supersedes': [{'version': 2, 'reason': 'amount was text'}],");
    EventDecoder all = decoder(V1, bad, good);
    assertThat(all.decode(avro(bad, "'amount': 'x'"))).isFalse();
    assertThat(all.failure()).isEqualTo(Failure.SCHEMA_VIOLATION);
    assertThat(all.message())
        .isEqualTo("amount: expected a whole number of 64 bits, found other text");
    assertThat(all.contract().type()).isEqualTo("bill");
    assertThat(all.decode(avro(V1, "'amount': 7"))).as("the next is read").isTrue();
    assertThat(all.evidence()).isNotNull();
  }

  @Test
  void bytesThatAreNoTextBreakTheContractThatWantsText() {
    ContractFile bytes = version(1, "{'name': 'raw', 'type': 'bytes'}", "");
    ContractFile text = version(2, "{'name': 'raw', 'type': 'string'}", "");
    EventDecoder all = decoder(bytes, text);
    assertThat(all.decode(avro(bytes, "'raw': 'Z3LDvG4='"))).as(all.message()).isTrue();
    assertThat(all.cursor().text(8)).isEqualTo("grün");
    assertThat(all.decode(avro(bytes, "'raw': '/w=='"))).isFalse();
    assertThat(all.failure()).isEqualTo(Failure.SCHEMA_VIOLATION);
  }

  @Test
  void catalogueGrowsByOneContractAndKeepsTheOthers() {
    ContractCatalog small = TestContracts.catalog(V1);
    ContractCatalog large = small.with(V2);
    assertThat(large.find("bill", 1).orElseThrow()).isSameAs(small.find("bill", 1).orElseThrow());
    assertThat(small.holds(V2.path())).isFalse();
    assertThat(large.holds(V2.path())).isTrue();
    assertThat(large.holds(V2)).isTrue();
    assertThat(large.holds(new ContractFile(V2.path(), "other"))).isFalse();
    assertThatThrownBy(() -> large.with(version(2, "{'name': 'x', 'type': 'int'}", "")))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("stands twice");
    assertThatThrownBy(
            () ->
                small.with(
                    version(
                        2,
                        "{'name': 'x', 'type': 'int'}",
                        "'rules': [{'name': 'r', 'cel': 'y > 1', 'message': 'm'}],")))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("rule r does not compile");
  }

  @Test
  void decoderLearnsAVersionThatItRefusedBefore() {
    EventDecoder decoder = decoder(V1);
    byte[] ahead = avro(V2, "'amount': 7");
    byte[] aheadInJson = json(2, "'amount': 7");
    for (byte[] event : new byte[][] {ahead, aheadInJson}) {
      assertThat(decoder.decode(event)).isFalse();
      assertThat(decoder.failure()).isEqualTo(Failure.UNKNOWN_VERSION);
    }
    assertThat(decoder.decode(avro(V1, "'amount': 7"))).isTrue();
    assertThat(decoder.contract().version()).isEqualTo(1);
    decoder.use(decoder.catalog().with(V2));
    for (byte[] event : new byte[][] {ahead, aheadInJson, avro(V1, "'amount': 7")}) {
      assertThat(decoder.decode(event)).as(decoder.message()).isTrue();
      assertThat(decoder.contract().version()).isEqualTo(2);
    }
  }

  @Test
  void supersedesMustNameAnOlderVersionAndSayWhy() {
    for (String entry :
        new String[] {
          "{'version': 2, 'reason': 'r'}",
          "{'version': 0, 'reason': 'r'}",
          "{'version': 1}",
          "{'reason': 'r'}",
          "1",
          "{'version': '1', 'reason': 'r'}"
        }) {
      assertThatThrownBy(
              () ->
                  TestContracts.catalog(
                      version(2, "{'name': 'x', 'type': 'int'}", "'supersedes': [" + entry + "],")))
          .isInstanceOf(ContractException.class)
          .hasMessageContaining("supersedes needs the version, older than 2, and a reason");
    }
  }
}
