package dev.thalweg.operators.event;

import dev.thalweg.schemas.ContractSource.ContractFile;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Type information of what flows between operators. */
public final class MessageTypes {
  /** Of {@link Message}. */
  public static final TypeInformation<Message> MESSAGE =
      new FixedTypeInfo<>(Message.class, MessageSerializer::new);

  /** Of {@link Event}. */
  public static final TypeInformation<Event> EVENT =
      new FixedTypeInfo<>(Event.class, EventSerializer::new);

  /** Of {@link RawRecord}. */
  public static final TypeInformation<RawRecord> RAW_RECORD =
      new FixedTypeInfo<>(RawRecord.class, RawRecordSerializer::new);

  /** Of {@link ContractFile}. */
  public static final TypeInformation<ContractFile> CONTRACT_FILE =
      new FixedTypeInfo<>(ContractFile.class, ContractFileSerializer::new);

  private MessageTypes() {}

  /** A type with one serializer, whatever the configuration. */
  private static final class FixedTypeInfo<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final SerializerFactory<T> factory;

    FixedTypeInfo(Class<T> type, SerializerFactory<T> factory) {
      this.type = type;
      this.factory = factory;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
      return factory.get();
    }

    @Override
    public Class<T> getTypeClass() {
      return type;
    }

    @Override
    public boolean isBasicType() {
      return false;
    }

    @Override
    public boolean isTupleType() {
      return false;
    }

    @Override
    public int getArity() {
      return 1;
    }

    @Override
    public int getTotalFields() {
      return 1;
    }

    @Override
    public boolean isKeyType() {
      return false;
    }

    @Override
    public boolean canEqual(Object other) {
      return other instanceof FixedTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof FixedTypeInfo<?> info && info.type == type;
    }

    @Override
    public int hashCode() {
      return Objects.hash(type);
    }

    @Override
    public String toString() {
      return type.getSimpleName();
    }
  }

  private interface SerializerFactory<T>
      extends Supplier<TypeSerializer<T>>, java.io.Serializable {}
}
