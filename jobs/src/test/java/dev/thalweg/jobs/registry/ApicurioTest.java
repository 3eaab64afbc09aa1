package dev.thalweg.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.testkit.ApicurioRegistry;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.SchemaRegistry;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That a real registry answers as the client understands it. */
final class ApicurioTest {
  @RegisterExtension static final ApicurioRegistry REGISTRY = new ApicurioRegistry();

  private static final Contract ORDER = TestEvents.catalog().newest("order_placed").orElseThrow();

  @Test
  void everySchemaComesBackWithItsFingerprint() {
    SchemaRegistry client = REGISTRY.client();
    for (Contract contract : TestEvents.catalog().events()) {
      for (Schema schema : new Schema[] {contract.schema(), contract.canonicalSchema()}) {
        int id = client.register(SchemaRegistry.subject("fingerprints", schema), schema);
        Schema back = new Schema.Parser().parse(client.schema(id));
        assertThat(SchemaNormalization.parsingFingerprint64(back))
            .isEqualTo(SchemaNormalization.parsingFingerprint64(schema));
      }
    }
  }

  @Test
  void sameSchemaHasOneIdUnderAllSubjects() {
    SchemaRegistry client = REGISTRY.client();
    int id = client.register("one-of-two", ORDER.schema());
    assertThat(client.register("one-of-two", ORDER.schema())).isEqualTo(id);
    assertThat(client.register("two-of-two", ORDER.schema())).isEqualTo(id);
    assertThat(client.find("one-of-two", ORDER.schema())).hasValue(id);
  }

  @Test
  void absentSubjectsSchemasAndIdsAreAbsent() {
    SchemaRegistry client = REGISTRY.client();
    client.register("present", ORDER.schema());
    assertThat(client.find("absent", ORDER.schema())).isEmpty();
    assertThat(client.find("present", ORDER.canonicalSchema())).isEmpty();
    assertThat(client.schema(0)).isNull();
    assertThat(client.schema(Integer.MAX_VALUE)).isNull();
  }
}
