package dev.thalweg.schemas;

/** Encodes what a field holds where it was left out. */
final class FieldDefaults {
  private FieldDefaults() {}

  /** The default's encoding, the union's branch included; the field must have one. */
  static byte[] encode(ContractField field) {
    AvroBuffer out = new AvroBuffer();
    if (field.nullable()) {
      return out.number(0).toByteArray();
    }
    Object value = field.defaultValue();
    switch (field.type()) {
      case STRING -> out.text(value.toString());
      case INT, LONG, TIMESTAMP -> out.number(((Number) value).longValue());
      case FLOAT -> out.number(((Number) value).floatValue());
      case DOUBLE -> out.number(((Number) value).doubleValue());
      case BOOLEAN -> out.bool((Boolean) value);
      case BYTES -> out.bytes((byte[]) value);
      case STRING_MAP -> out.textMap(null);
      default -> throw new IllegalStateException(field.toString());
    }
    return out.toByteArray();
  }
}
