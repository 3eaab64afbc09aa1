package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.event.MutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link PhaseDelta}: its shape first, by which the rest is read. */
public final class PhaseDeltaSerializer extends MutableSerializer<PhaseDelta> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(PhaseDelta delta, DataOutputView target) throws IOException {
    delta.writeTo(target);
  }

  @Override
  public PhaseDelta deserialize(DataInputView source) throws IOException {
    return PhaseDelta.readFrom(source);
  }

  @Override
  public TypeSerializerSnapshot<PhaseDelta> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PhaseDelta> {
    /** For Flink. */
    public Snapshot() {
      super(PhaseDeltaSerializer::new);
    }
  }
}
