package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.event.ImmutableSerializer;
import dev.thalweg.operators.experiments.definition.DefinitionSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes {@link PhaseVersion}: the key, then the version. */
public final class PhaseVersionSerializer extends ImmutableSerializer<PhaseVersion> {
  private static final long serialVersionUID = 1L;

  private final DefinitionSerializer definitions = new DefinitionSerializer();

  @Override
  public TypeSerializer<PhaseVersion> duplicate() {
    return this;
  }

  @Override
  public void serialize(PhaseVersion version, DataOutputView target) throws IOException {
    StringValue.writeString(version.key(), target);
    definitions.serialize(version.definition(), target);
  }

  @Override
  public PhaseVersion deserialize(DataInputView source) throws IOException {
    return new PhaseVersion(StringValue.readString(source), definitions.deserialize(source));
  }

  @Override
  public TypeSerializerSnapshot<PhaseVersion> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PhaseVersion> {
    /** For Flink. */
    public Snapshot() {
      super(PhaseVersionSerializer::new);
    }
  }
}
