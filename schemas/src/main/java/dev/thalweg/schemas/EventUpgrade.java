package dev.thalweg.schemas;

import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Rewrites values of one contract version as values of another, by the rules of Avro's schema
 * resolution: fields meet by name or alias, numbers are promoted, fields that were not written get
 * the reader's default. Values that need no conversion are copied as they are.
 */
final class EventUpgrade {
  private static final int ABSENT = -1;

  private final FieldType[] to;
  private final FieldType[] from;
  private final boolean[] wrapped;
  private final int[] sources;
  private final byte[][] defaults;

  private EventUpgrade(int fields) {
    to = new FieldType[fields];
    from = new FieldType[fields];
    wrapped = new boolean[fields];
    sources = new int[fields];
    defaults = new byte[fields][];
  }

  /** The upgrade; empty if the reader cannot read all that the writer may write. */
  static Optional<EventUpgrade> between(Contract writer, Contract reader) {
    EventUpgrade upgrade = new EventUpgrade(reader.fields().size());
    for (ContractField field : reader.fields()) {
      ContractField source = source(writer, reader, field);
      if (source == null ? !field.hasDefault() : !canRead(source, field)) {
        return Optional.empty();
      }
      upgrade.set(field, source);
    }
    return Optional.of(upgrade);
  }

  private static ContractField source(Contract writer, Contract reader, ContractField field) {
    ContractField source = writer.field(field.name());
    Schema.Field declared = reader.schema().getField(field.name());
    for (String alias : declared.aliases()) {
      source = source == null ? writer.field(alias) : source;
    }
    return source;
  }

  private static boolean canRead(ContractField written, ContractField read) {
    if (written.nullable() && !read.nullable()) {
      return false;
    }
    FieldType from = written.type();
    return switch (read.type()) {
      case STRING, BYTES -> from == FieldType.STRING || from == FieldType.BYTES;
      case INT -> from == FieldType.INT;
      case LONG, TIMESTAMP -> isWhole(from);
      case FLOAT -> isWhole(from) || from == FieldType.FLOAT;
      case DOUBLE -> isWhole(from) || from == FieldType.FLOAT || from == FieldType.DOUBLE;
      case BOOLEAN, STRING_MAP -> from == read.type();
    };
  }

  private static boolean isWhole(FieldType type) {
    return type == FieldType.INT || type == FieldType.LONG || type == FieldType.TIMESTAMP;
  }

  private void set(ContractField field, ContractField source) {
    int i = field.position();
    to[i] = field.type();
    wrapped[i] = field.nullable();
    if (source == null) {
      sources[i] = ABSENT;
      defaults[i] = FieldDefaults.encode(field);
    } else {
      sources[i] = source.position();
      from[i] = source.type();
    }
  }

  /** Appends the value under the cursor, which is of the writer, as one of the reader. */
  void apply(EventCursor event, AvroBuffer out) {
    for (int i = 0; i < sources.length; i++) {
      int source = sources[i];
      if (source == ABSENT) {
        out.raw(defaults[i], 0, defaults[i].length);
      } else if (event.isNull(source)) {
        out.number(0);
      } else {
        if (wrapped[i]) {
          out.number(1);
        }
        append(event, source, i, out);
      }
    }
  }

  private void append(EventCursor event, int source, int i, AvroBuffer out) {
    if (to[i] == FieldType.DOUBLE && from[i] != FieldType.DOUBLE) {
      out.number(isWhole(from[i]) ? (double) event.longValue(source) : event.doubleValue(source));
    } else if (to[i] == FieldType.FLOAT && from[i] != FieldType.FLOAT) {
      out.number((float) event.longValue(source));
    } else {
      // Whole numbers have one encoding whatever their size, and so have text and bytes.
      int start = event.valueStart(source);
      out.raw(event.source(), start, event.valueEnd(source) - start);
    }
  }
}
