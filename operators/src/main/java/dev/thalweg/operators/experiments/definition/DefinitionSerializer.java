package dev.thalweg.operators.experiments.definition;

import dev.thalweg.operators.event.FixedTypeInfo;
import dev.thalweg.operators.event.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes definitions as their text in the topic, so that state outlives changes of classes. */
public final class DefinitionSerializer extends ImmutableSerializer<ExperimentDefinition> {
  /** Type information of definitions. */
  public static final TypeInformation<ExperimentDefinition> TYPE =
      new FixedTypeInfo<>(ExperimentDefinition.class, DefinitionSerializer::new);

  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<ExperimentDefinition> duplicate() {
    return this;
  }

  @Override
  public void serialize(ExperimentDefinition definition, DataOutputView target) throws IOException {
    StringValue.writeString(DefinitionJson.write(definition), target);
  }

  @Override
  public ExperimentDefinition deserialize(DataInputView source) throws IOException {
    return DefinitionJson.read(StringValue.readString(source));
  }

  @Override
  public TypeSerializerSnapshot<ExperimentDefinition> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExperimentDefinition> {
    /** For Flink. */
    public Snapshot() {
      super(DefinitionSerializer::new);
    }
  }
}
