package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

  private final ContractCatalog contracts = ContractCatalog.fromClassPath();
  private final RecordJson json = new RecordJson(contracts);

  @Test
  void showsAnEventWithItsTypeFirstAndAbsentFieldsLeftOut() throws IOException {
    Contract contract = contracts.newest("goal_reached").orElseThrow();

    assertThat(json.read(goal(contract.schema(), contract.fingerprint())).toString())
        .isEqualTo(
            "{\"event_type\":\"goal_reached\",\"event_id\":\"e1\",\"event_time\":\"2026-11-01T10:00:00Z\",\"user_id\":\"u1\",\"source\":\"web\",\"environment\":\"production\",\"goal\":\"sign up\",\"value\":2.5}");
  }

  @Test
  void showsWhatThePipelineAdded() throws IOException {
    Contract contract = contracts.newest("goal_reached").orElseThrow();
    byte[] value = goal(contract.canonicalSchema(), contract.canonicalFingerprint());

    assertThat(json.read(value).path("ingested_at").asText()).isEqualTo("2026-11-01T10:00:00Z");
    assertThat(json.read(value).path("enrichment").path("country").asText()).isEqualTo("CH");
  }

  @Test
  void showsJsonAsItIs() {
    assertThat(json.read("{\"a\": [1, null]}".getBytes(UTF_8)).toString())
        .isEqualTo("{\"a\":[1,null]}");
  }

  @Test
  void showsEverythingElseAsBytes() throws IOException {
    Contract contract = contracts.newest("goal_reached").orElseThrow();
    byte[] whole = goal(contract.schema(), contract.fingerprint());
    byte[] truncated = Arrays.copyOf(whole, whole.length - 9);
    byte[] unknown = goal(contract.schema(), 42L);
    byte[] marker = {(byte) 0xC3, 1};

    for (byte[] value : new byte[][] {truncated, unknown, marker, "[1]".getBytes(UTF_8), {}}) {
      assertThat(json.read(value).toString())
          .isEqualTo("{\"bytes\":\"" + Base64.getEncoder().encodeToString(value) + "\"}");
    }
    assertThat(json.read(null).toString()).isEqualTo("{\"bytes\":null}");
  }

  private static byte[] goal(Schema schema, long fingerprint) throws IOException {
    GenericRecordBuilder builder =
        new GenericRecordBuilder(schema)
            .set("event_id", "e1")
            .set("event_time", 1_793_527_200_000L)
            .set("user_id", "u1")
            .set("source", "web")
            .set("goal", "sign up")
            .set("value", 2.5);
    if (schema.getField("ingested_at") != null) {
      builder
          .set("ingested_at", 1_793_527_200_000L)
          .set("contract_version", 1)
          .set("pipeline_version", "1")
          .set("enrichment", Map.of("country", "CH"));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(
        ByteBuffer.allocate(10)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0xC3)
            .put((byte) 1)
            .putLong(fingerprint)
            .array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(builder.build(), encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
