package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Upgrades, held to Avro's own schema resolution. */
class EventUpgradeTest {
  private static final List<String> TYPES =
      List.of("\"string\"", "\"int\"", "\"long\"", "\"float\"", "\"double\"", "\"boolean\"");
  private static final List<String> DEFAULTS = List.of("\"d\"", "1", "2", "0.5", "-2.5", "true");

  /** Some of the fields a to d, one of them perhaps under its older name. */
  private static Contract contract(int version, Random random) {
    StringBuilder fields =
        new StringBuilder("{\"name\": \"z\", \"type\": \"int\", \"default\": 0}");
    for (String name : List.of("a", "b", "c", "d")) {
      if (random.nextInt(6) == 0) {
        continue;
      }
      int type = random.nextInt(3) > 0 ? name.charAt(0) % 4 + 1 : random.nextInt(TYPES.size());
      boolean renamed = version == 2 && random.nextInt(4) == 0;
      fields.append(",{\"name\": \"").append(renamed ? "new_" + name : name);
      fields.append(renamed ? "\", \"aliases\": [\"" + name + "\"]" : "\"").append(", \"type\": ");
      switch (random.nextInt(4)) {
        case 0 ->
            fields.append("[\"null\", ").append(TYPES.get(type)).append("], \"default\": null}");
        case 1 -> fields.append(TYPES.get(type)).append("}");
        default ->
            fields
                .append(TYPES.get(type))
                .append(", \"default\": ")
                .append(DEFAULTS.get(type))
                .append("}");
      }
    }
    return TestContracts.catalog(TestContracts.file("bill", version, fields.toString(), "[]"))
        .events()
        .get(0);
  }

  private static byte[] value(Contract contract, Random random) {
    AvroBuffer out = new AvroBuffer();
    for (ContractField field : contract.fields()) {
      if (field.nullable() && random.nextBoolean()) {
        out.number(0);
        continue;
      }
      if (field.nullable()) {
        out.number(1);
      }
      switch (field.type()) {
        case STRING -> out.text("ü" + random.nextInt());
        case INT -> out.number(random.nextInt());
        case LONG, TIMESTAMP -> out.number(random.nextLong());
        case FLOAT -> out.number(random.nextFloat());
        case DOUBLE -> out.number(random.nextDouble());
        case BOOLEAN -> out.bool(random.nextBoolean());
        default -> throw new IllegalStateException(field.toString());
      }
    }
    return out.toByteArray();
  }

  @Property(tries = 3000)
  void agreesWithAvroOnWhatCanBeReadAndHow(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Contract writer = contract(1, random);
    Contract reader = contract(2, random);
    Optional<EventUpgrade> upgrade = EventUpgrade.between(writer, reader);
    // Avro applies a field's aliases only where the records have one full name.
    String sameName = writer.schema().toString().replace("shop.events.v1", "shop.events.v2");
    Schema written = Schema.applyAliases(new Schema.Parser().parse(sameName), reader.schema());
    assertThat(upgrade.isPresent())
        .as("%s read as %s", writer.schema(), reader.schema())
        .isEqualTo(
            SchemaCompatibility.checkReaderWriterCompatibility(reader.schema(), written).getType()
                == SchemaCompatibilityType.COMPATIBLE);
    if (upgrade.isEmpty()) {
      return;
    }
    byte[] value = value(writer, random);
    EventCursor cursor = new EventCursor(writer);
    assertThat(cursor.read(value, 0, value.length)).as(cursor.problem()).isTrue();
    AvroBuffer out = new AvroBuffer();
    upgrade.get().apply(cursor, out);

    byte[] upgraded = out.toByteArray();
    EventCursor read = new EventCursor(reader);
    assertThat(read.read(upgraded, 0, upgraded.length)).as(read.problem()).isTrue();
    GenericRecord expected =
        new GenericDatumReader<GenericRecord>(written, reader.schema())
            .read(null, DecoderFactory.get().binaryDecoder(value, null));
    for (ContractField field : reader.fields()) {
      assertThat(GenericReading.value(read, field))
          .as(field.name())
          .isEqualTo(GenericReading.plain(expected.get(field.name())));
    }
  }
}
