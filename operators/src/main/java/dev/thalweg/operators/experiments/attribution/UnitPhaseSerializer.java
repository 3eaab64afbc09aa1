package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.event.MutableSerializer;
import dev.thalweg.operators.metrics.aggregate.ExactSum;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes {@link UnitPhase}: its latest event, exposures, outcomes by metric, outcome times. */
public final class UnitPhaseSerializer extends MutableSerializer<UnitPhase> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(UnitPhase unit, DataOutputView target) throws IOException {
    target.writeLong(unit.latest());
    write(unit.exposures(), target);
    write(unit.logs(), target);
    write(unit.outcomes(), target);
  }

  private static void write(Exposures exposures, DataOutputView target) throws IOException {
    target.writeInt(exposures.arms());
    for (int arm = 0; arm < exposures.arms(); arm++) {
      target.writeLong(exposures.time(arm));
      StringValue.writeString(exposures.id(arm), target);
    }
  }

  private static void write(List<OutcomeLog> logs, DataOutputView target) throws IOException {
    target.writeInt(logs.size());
    for (OutcomeLog log : logs) {
      write(log.after(), target);
      write(log.before(), target);
      target.writeInt(log.size());
      for (int i = 0; i < log.size(); i++) {
        target.writeLong(log.time(i));
        target.writeDouble(log.value(i));
        target.writeBoolean(log.isBelow(i));
      }
    }
  }

  private static void write(Tally tally, DataOutputView target) throws IOException {
    target.writeLong(tally.count());
    write(tally.above().toArray(), target);
    write(tally.below().toArray(), target);
  }

  private static void write(double[] numbers, DataOutputView target) throws IOException {
    target.writeInt(numbers.length);
    for (double number : numbers) {
      target.writeDouble(number);
    }
  }

  private static void write(OutcomeTimes times, DataOutputView target) throws IOException {
    target.writeLong(times.settledBefore());
    target.writeLong(times.settledAfter());
    long[] open = times.toArray();
    target.writeInt(open.length);
    for (long time : open) {
      target.writeLong(time);
    }
  }

  @Override
  public UnitPhase deserialize(DataInputView source) throws IOException {
    long latest = source.readLong();
    return new UnitPhase(latest, exposures(source), logs(source), times(source));
  }

  private static Exposures exposures(DataInputView source) throws IOException {
    long[] times = new long[source.readInt()];
    String[] ids = new String[times.length];
    for (int arm = 0; arm < times.length; arm++) {
      times[arm] = source.readLong();
      ids[arm] = StringValue.readString(source);
    }
    return new Exposures(times, ids);
  }

  private static OutcomeLog[] logs(DataInputView source) throws IOException {
    OutcomeLog[] logs = new OutcomeLog[source.readInt()];
    for (int i = 0; i < logs.length; i++) {
      Tally after = tally(source);
      Tally before = tally(source);
      int size = source.readInt();
      logs[i] = new OutcomeLog(after, before, size);
      for (int j = 0; j < size; j++) {
        logs[i].add(source.readLong(), source.readDouble(), source.readBoolean());
      }
    }
    return logs;
  }

  private static Tally tally(DataInputView source) throws IOException {
    long count = source.readLong();
    return new Tally(count, ExactSum.of(numbers(source)), ExactSum.of(numbers(source)));
  }

  private static double[] numbers(DataInputView source) throws IOException {
    double[] numbers = new double[source.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = source.readDouble();
    }
    return numbers;
  }

  private static OutcomeTimes times(DataInputView source) throws IOException {
    long before = source.readLong();
    long after = source.readLong();
    long[] open = new long[source.readInt()];
    for (int i = 0; i < open.length; i++) {
      open[i] = source.readLong();
    }
    return new OutcomeTimes(open, before, after);
  }

  @Override
  public TypeSerializerSnapshot<UnitPhase> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UnitPhase> {
    /** For Flink. */
    public Snapshot() {
      super(UnitPhaseSerializer::new);
    }
  }
}
