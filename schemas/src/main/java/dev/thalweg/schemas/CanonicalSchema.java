package dev.thalweg.schemas;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Derives the schema of canonical records: a contract's fields, then what the pipeline adds. */
final class CanonicalSchema {
  private CanonicalSchema() {}

  static Schema of(Schema contract) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : contract.getFields()) {
      fields.add(new Schema.Field(field, field.schema()));
    }
    Schema timestamp = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    fields.add(
        new Schema.Field("ingested_at", timestamp, "When the event arrived in the raw topic."));
    fields.add(
        new Schema.Field(
            "contract_version",
            Schema.create(Schema.Type.INT),
            "Version of the contract it was read with."));
    fields.add(
        new Schema.Field(
            "pipeline_version",
            Schema.create(Schema.Type.STRING),
            "Version of the pipeline that accepted it."));
    fields.add(
        new Schema.Field(
            "enrichment",
            Schema.createMap(Schema.create(Schema.Type.STRING)),
            "What was joined to it."));
    return Schema.createRecord(
        contract.getName(), contract.getDoc(), namespace(contract.getNamespace()), false, fields);
  }

  /** {@code <product>.events.v<version>} becomes {@code <product>.canonical.v<version>}. */
  private static String namespace(String contract) {
    int events = contract.lastIndexOf(".events.");
    return contract.substring(0, events)
        + ".canonical."
        + contract.substring(events + ".events.".length());
  }
}
