package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.event.MutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link OpenMinute}: its shape first, by which the rest is read. */
final class OpenMinuteSerializer extends MutableSerializer<OpenMinute> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(OpenMinute open, DataOutputView target) throws IOException {
    open.writeTo(target);
  }

  @Override
  public OpenMinute deserialize(DataInputView source) throws IOException {
    return OpenMinute.readFrom(source);
  }

  @Override
  public TypeSerializerSnapshot<OpenMinute> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OpenMinute> {
    /** For Flink. */
    public Snapshot() {
      super(OpenMinuteSerializer::new);
    }
  }
}
