package dev.thalweg.operators.event;

import dev.thalweg.schemas.SchemaRegistry;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes events; the raw record and the contract stay behind. */
public final class EventSerializer extends ImmutableSerializer<Event> {
  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<Event> duplicate() {
    return new EventSerializer();
  }

  @Override
  public void serialize(Event event, DataOutputView target) throws IOException {
    target.writeByte(
        (event.userKnown() ? USER_KNOWN : 0)
            | (event.hasWaited() ? HAS_WAITED : 0)
            | (event.evidence() != null ? HAS_EVIDENCE : 0)
            | (event.schemaId() != SchemaRegistry.NO_ID ? HAS_SCHEMA_ID : 0));
    Fields.writeText(event.subject(), target);
    target.writeLong(event.eventTime());
    target.writeLong(event.idHigh());
    target.writeLong(event.idLow());
    target.writeLong(event.fingerprint());
    target.writeInt(event.contractVersion());
    Fields.writeBytes(event.payload(), event.payloadStart(), target);
    fields().writeOrigin(event.origin(), target);
    Fields.writeNullable(event.enrichment(), target);
    if (event.evidence() != null) {
      Fields.writeBytes(event.evidence(), 0, target);
    }
    if (event.schemaId() != SchemaRegistry.NO_ID) {
      target.writeInt(event.schemaId());
    }
  }

  @Override
  public Event deserialize(DataInputView source) throws IOException {
    int flags = source.readByte();
    return Event.builder()
        .hasWaited((flags & HAS_WAITED) != 0)
        .subject(Fields.readText(source), (flags & USER_KNOWN) != 0)
        .eventTime(source.readLong())
        .id(source.readLong(), source.readLong())
        .schema(source.readLong(), source.readInt())
        .payload(Fields.readBytes(source), 0)
        .origin(fields().readOrigin(source))
        .enrichment(Fields.readNullable(source))
        .evidence((flags & HAS_EVIDENCE) != 0 ? Fields.readBytes(source) : null)
        .schemaId((flags & HAS_SCHEMA_ID) != 0 ? source.readInt() : SchemaRegistry.NO_ID)
        .build();
  }

  private static final int USER_KNOWN = 1;
  private static final int HAS_WAITED = 2;
  private static final int HAS_EVIDENCE = 4;
  private static final int HAS_SCHEMA_ID = 8;

  @Override
  public TypeSerializerSnapshot<Event> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
    /** For Flink. */
    public Snapshot() {
      super(EventSerializer::new);
    }
  }
}
