package dev.thalweg.schemas;

import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The types a contract's field may have. Contracts are flat: no records, arrays or unions other
 * than with null.
 */
public enum FieldType {
  /** UTF-8 text. */
  STRING,
  /** 32-bit signed integer. */
  INT,
  /** 64-bit signed integer. */
  LONG,
  /** Milliseconds since 1970-01-01 UTC. */
  TIMESTAMP,
  /** IEEE 754 single precision. */
  FLOAT,
  /** IEEE 754 double precision. */
  DOUBLE,
  /** True or false. */
  BOOLEAN,
  /** Bytes as they are. */
  BYTES,
  /** Text by name. */
  STRING_MAP;

  /** The type of a field of that (non-union) schema; empty where contracts do not allow it. */
  public static Optional<FieldType> of(Schema schema) {
    return switch (schema.getType()) {
      case STRING -> Optional.of(STRING);
      case INT -> schema.getLogicalType() == null ? Optional.of(INT) : Optional.empty();
      case LONG -> ofLong(schema);
      case FLOAT -> Optional.of(FLOAT);
      case DOUBLE -> Optional.of(DOUBLE);
      case BOOLEAN -> Optional.of(BOOLEAN);
      case BYTES -> schema.getLogicalType() == null ? Optional.of(BYTES) : Optional.empty();
      case MAP ->
          schema.getValueType().getType() == Schema.Type.STRING
              ? Optional.of(STRING_MAP)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<FieldType> ofLong(Schema schema) {
    if (schema.getLogicalType() == null) {
      return Optional.of(LONG);
    }
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
        ? Optional.of(TIMESTAMP)
        : Optional.empty();
  }
}
