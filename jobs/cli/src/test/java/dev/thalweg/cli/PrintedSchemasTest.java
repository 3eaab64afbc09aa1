package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.export.JsonSchemas;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records are printed as their JSON Schemas say. */
class PrintedSchemasTest {

  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();

  private final RecordJson json = new RecordJson(CATALOG);

  static List<Contract> events() {
    return CATALOG.events();
  }

  static List<Contract> records() {
    return CATALOG.records();
  }

  @ParameterizedTest
  @MethodSource("events")
  void canonicalRecordsAreValid(Contract event) throws IOException {
    assertPrintedAs(event.canonicalSchema(), JsonSchemas.canonical(event));
  }

  @ParameterizedTest
  @MethodSource("records")
  void recordsAreValid(Contract contract) throws IOException {
    assertPrintedAs(contract.schema(), JsonSchemas.record(contract));
  }

  private void assertPrintedAs(Schema avro, ObjectNode schema) throws IOException {
    var validator =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    for (Object record : new RandomData(avro, 50, 7L)) {
      ByteBuffer bytes = new BinaryMessageEncoder<>(GenericData.get(), avro).encode(record);
      byte[] value = new byte[bytes.remaining()];
      bytes.get(value);
      ObjectNode printed = json.read(value);
      assertThat(validator.validate((JsonNode) printed)).as(printed.toString()).isEmpty();
      assertThat(printed.has("bytes")).isEqualTo(avro.getField("bytes") != null);
      printed.remove(avro.getFields().get(0).name());
      assertThat(validator.validate((JsonNode) printed)).as("without a required one").isNotEmpty();
    }
  }
}
