package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.event.MutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link PhaseBook}: its shape first, by which the rest is read. */
final class PhaseBookSerializer extends MutableSerializer<PhaseBook> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(PhaseBook book, DataOutputView target) throws IOException {
    book.writeTo(target);
  }

  @Override
  public PhaseBook deserialize(DataInputView source) throws IOException {
    return PhaseBook.readFrom(source);
  }

  @Override
  public TypeSerializerSnapshot<PhaseBook> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PhaseBook> {
    /** For Flink. */
    public Snapshot() {
      super(PhaseBookSerializer::new);
    }
  }
}
