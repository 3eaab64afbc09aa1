package dev.thalweg.operators.event;

import dev.thalweg.schemas.ContractSource.ContractFile;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes the texts of contracts. */
public final class ContractFileSerializer extends ImmutableSerializer<ContractFile> {
  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<ContractFile> duplicate() {
    return new ContractFileSerializer();
  }

  @Override
  public void serialize(ContractFile file, DataOutputView target) throws IOException {
    Fields.writeText(file.path(), target);
    Fields.writeText(file.text(), target);
  }

  @Override
  public ContractFile deserialize(DataInputView source) throws IOException {
    return new ContractFile(Fields.readText(source), Fields.readText(source));
  }

  @Override
  public TypeSerializerSnapshot<ContractFile> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ContractFile> {
    /** For Flink. */
    public Snapshot() {
      super(ContractFileSerializer::new);
    }
  }
}
