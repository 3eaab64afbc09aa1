package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.cli.record.ProfileEncoder;
import dev.thalweg.cli.record.RegisteredRecords;
import dev.thalweg.jobs.testkit.ApicurioRegistry;
import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.EventDecoder;
import dev.thalweg.schemas.SchemaRegistry;
import dev.thalweg.schemas.WireFormat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is produced with a real schema registry is consumed with it. */
class RegistryRoundTripTest {
  @RegisterExtension static final ApicurioRegistry REGISTRY = new ApicurioRegistry();

  private static final String GOAL =
      "{\"event_type\":\"goal_reached\",\"event_id\":\"e1\",\"event_time\":\"2026-11-01T10:00:00Z\",\"user_id\":\"u1\",\"goal\":\"sign up\"}";

  private final ContractCatalog contracts = ContractCatalog.fromClassPath();

  private byte[] sent(byte[] value) {
    List<OutgoingRecord> records = List.of(new OutgoingRecord(null, value, 1));
    return new RegisteredRecords(REGISTRY.client(), "events.raw", contracts)
        .encode(records.iterator())
        .next()
        .value();
  }

  private ObjectNode shown(byte[] value) {
    return new RecordJson(contracts, REGISTRY.client()).read(value);
  }

  @Test
  void eventIsSentByIdAndShownWithItsDefaults() {
    byte[] value = sent(GOAL.getBytes(UTF_8));
    assertThat(WireFormat.isMarked(value)).isTrue();
    assertThat(shown(value).toString())
        .isEqualTo(
            "{\"event_type\":\"goal_reached\",\"event_id\":\"e1\",\"event_time\":\"2026-11-01T10:00:00Z\",\"user_id\":\"u1\",\"source\":\"unknown\",\"environment\":\"production\",\"goal\":\"sign up\",\"value\":1.0}");
    EventDecoder pipeline = new EventDecoder(contracts, 1 << 20, false, REGISTRY.client());
    assertThat(pipeline.decode(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON",
        "{\"event_type\":\"nothing_known\"}",
        "{\"event_type\":\"goal_reached\",\"event_id\":\"e1\"}",
        "{\"event_type\":\"goal_reached\",\"event_id\":\"e1\",\"event_time\":\"2026-11-01T10:00:00Z\",\"user_id\":\"u1\",\"goal\":\"g\",\"colour\":\"red\"}",
        ""
      })
  void whatIsNoEventOfAContractIsSentAsItIs(String line) {
    assertThat(sent(line.getBytes(UTF_8))).isEqualTo(line.getBytes(UTF_8));
  }

  @Test
  void profileIsSentByIdToo() {
    byte[] profile =
        new ProfileEncoder(contracts).encode("u1", 0, Map.of("country", "AT"), 1).value();
    byte[] value = sent(profile);
    assertThat(WireFormat.isMarked(value)).isTrue();
    assertThat(shown(value)).isEqualTo(shown(profile));
    assertThat(shown(value).path("attributes").path("country").asText()).isEqualTo("AT");
  }

  @Test
  void recordOfASchemaWithoutContractIsShownByItsWritersSchema() {
    Schema schema =
        SchemaBuilder.record("else.Where")
            .fields()
            .name("tags")
            .type()
            .array()
            .items()
            .stringType()
            .noDefault()
            .name("inner")
            .type(
                Schema.createUnion(
                    Schema.create(Schema.Type.LONG),
                    SchemaBuilder.record("Inner").fields().requiredInt("n").endRecord()))
            .noDefault()
            .endRecord();
    int id = REGISTRY.client().register(SchemaRegistry.subject("other", schema), schema);
    byte[] value =
        new AvroBuffer()
            .registryHeader(id)
            .number(1)
            .text("a")
            .number(0)
            .number(1)
            .number(5)
            .toByteArray();
    assertThat(shown(value).toString()).isEqualTo("{\"tags\":[\"a\"],\"inner\":{\"n\":5}}");
  }

  @Test
  void idThatTheRegistryDoesNotKnowIsShownAsBytes() {
    byte[] value = new AvroBuffer().registryHeader(1_000_000_000).number(1).toByteArray();
    assertThat(shown(value).fieldNames()).toIterable().containsExactly("bytes");
    assertThat(shown(new byte[] {0, 1}).fieldNames()).toIterable().containsExactly("bytes");
  }

  @Test
  void wrongAddressIsOneLine() {
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute("consume", "events.raw", "--registry", "registry:8081");
    assertThat(status).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("consume: --registry: use http://host:port/path, or https");
  }
}
