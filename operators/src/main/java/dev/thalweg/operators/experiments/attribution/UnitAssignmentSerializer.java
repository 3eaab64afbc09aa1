package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.event.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes {@link UnitAssignment}, its parts in order. */
public final class UnitAssignmentSerializer extends ImmutableSerializer<UnitAssignment> {
  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<UnitAssignment> duplicate() {
    return this;
  }

  @Override
  public void serialize(UnitAssignment assignment, DataOutputView target) throws IOException {
    StringValue.writeString(assignment.unit(), target);
    StringValue.writeString(assignment.experiment(), target);
    target.writeInt(assignment.phase());
    StringValue.writeString(assignment.variant(), target);
    target.writeLong(assignment.exposedAt());
    target.writeLong(assignment.arrival());
  }

  @Override
  public UnitAssignment deserialize(DataInputView source) throws IOException {
    return new UnitAssignment(
        StringValue.readString(source),
        StringValue.readString(source),
        source.readInt(),
        StringValue.readString(source),
        source.readLong(),
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<UnitAssignment> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UnitAssignment> {
    /** For Flink. */
    public Snapshot() {
      super(UnitAssignmentSerializer::new);
    }
  }
}
