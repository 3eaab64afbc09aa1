package dev.thalweg.operators.experiments.routing;

import dev.thalweg.operators.event.FixedTypeInfo;
import dev.thalweg.operators.event.ImmutableSerializer;
import dev.thalweg.operators.event.RawRecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes {@link RoutedRecord}: the route, then the record. */
public final class RoutedRecordSerializer extends ImmutableSerializer<RoutedRecord> {
  /** Type information of routed records. */
  public static final TypeInformation<RoutedRecord> TYPE =
      new FixedTypeInfo<>(RoutedRecord.class, RoutedRecordSerializer::new);

  private static final long serialVersionUID = 1L;

  private final RawRecordSerializer records = new RawRecordSerializer();

  @Override
  public TypeSerializer<RoutedRecord> duplicate() {
    return new RoutedRecordSerializer();
  }

  @Override
  public void serialize(RoutedRecord routed, DataOutputView target) throws IOException {
    StringValue.writeString(routed.route(), target);
    records.serialize(routed.record(), target);
  }

  @Override
  public RoutedRecord deserialize(DataInputView source) throws IOException {
    return new RoutedRecord(StringValue.readString(source), records.deserialize(source));
  }

  @Override
  public TypeSerializerSnapshot<RoutedRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RoutedRecord> {
    /** For Flink. */
    public Snapshot() {
      super(RoutedRecordSerializer::new);
    }
  }
}
