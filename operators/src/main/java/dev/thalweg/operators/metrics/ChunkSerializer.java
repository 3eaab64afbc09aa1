package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.ImmutableSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes {@link Chunk}: how many, then each with its time in front.
 *
 * @param <V> what its values are
 */
abstract class ChunkSerializer<V> extends ImmutableSerializer<Chunk<V>> {
  private static final long serialVersionUID = 1L;

  abstract void write(V value, DataOutputView target) throws IOException;

  abstract V read(DataInputView source) throws IOException;

  @Override
  public final TypeSerializer<Chunk<V>> duplicate() {
    return this;
  }

  @Override
  public final void serialize(Chunk<V> chunk, DataOutputView target) throws IOException {
    target.writeInt(chunk.size());
    for (int i = 0; i < chunk.size(); i++) {
      target.writeLong(chunk.time(i));
      write(chunk.value(i), target);
    }
  }

  @Override
  public final Chunk<V> deserialize(DataInputView source) throws IOException {
    long[] times = new long[source.readInt()];
    List<V> values = new ArrayList<>(times.length);
    for (int i = 0; i < times.length; i++) {
      times[i] = source.readLong();
      values.add(read(source));
    }
    return new Chunk<>(times, values);
  }
}
