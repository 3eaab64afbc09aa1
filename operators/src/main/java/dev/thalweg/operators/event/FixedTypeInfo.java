package dev.thalweg.operators.event;

import java.io.Serializable;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * A type with one serializer, whatever the configuration.
 *
 * @param <T> the type
 */
public final class FixedTypeInfo<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final SerializerFactory<T> factory;

  /** Of that class, with serializers from there. */
  public FixedTypeInfo(Class<T> type, SerializerFactory<T> factory) {
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

  /**
   * Makes serializers; a constructor, mostly.
   *
   * @param <T> what they serialize
   */
  public interface SerializerFactory<T> extends Supplier<TypeSerializer<T>>, Serializable {}
}
