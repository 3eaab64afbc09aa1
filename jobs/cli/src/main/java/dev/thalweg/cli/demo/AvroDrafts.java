package dev.thalweg.cli.demo;

import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.ContractField;

/** Encodes drafts in Avro's single-object encoding. Not thread safe. */
final class AvroDrafts {

  private final AvroBuffer buffer = new AvroBuffer();

  byte[] encode(Draft draft) {
    return encode(draft, draft.contract().fingerprint());
  }

  /** The same with another fingerprint in front. */
  byte[] encode(Draft draft, long fingerprint) {
    buffer.reset().header(fingerprint);
    for (ContractField field : draft.contract().fields()) {
      write(field, draft.value(field));
    }
    return buffer.toByteArray();
  }

  private void write(ContractField field, Object given) {
    if (field.nullable()) {
      buffer.number(given == null ? 0 : 1);
      if (given == null) {
        return;
      }
    }
    Object value = given == null ? field.defaultValue() : given;
    switch (field.type()) {
      case STRING -> buffer.text(value.toString());
      case INT, LONG, TIMESTAMP -> buffer.number(((Number) value).longValue());
      case DOUBLE -> buffer.number(((Number) value).doubleValue());
      default -> throw new IllegalStateException("no event has a " + field.type());
    }
  }
}
