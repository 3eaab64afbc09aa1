package dev.thalweg.operators.experiments.attribution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.types.StringValue;

/**
 * What sums a phase of an experiment has.
 *
 * @param experiment its name
 * @param phase from 1 on
 * @param arms how many
 * @param paired of each metric, whether units have two values
 */
public record PhaseShape(String experiment, int phase, int arms, List<Boolean> paired) {
  /** Refuses missing parts. */
  public PhaseShape {
    Objects.requireNonNull(experiment, "experiment");
    paired = List.copyOf(paired);
  }

  /** Of a phase with these rules. */
  public static PhaseShape of(PhaseRules rules) {
    return new PhaseShape(
        rules.experiment(),
        rules.phase(),
        rules.arms(),
        rules.metrics().stream().map(MetricRule::isPaired).toList());
  }

  /** What tells phases of experiments apart. */
  public String key() {
    return key(experiment, phase);
  }

  /** The key of a phase. */
  public static String key(String experiment, int phase) {
    return experiment + '/' + phase;
  }

  /** Writes all. */
  public void writeTo(DataOutput out) throws IOException {
    StringValue.writeString(experiment, out);
    out.writeInt(phase);
    out.writeInt(arms);
    out.writeInt(paired.size());
    for (boolean isPaired : paired) {
      out.writeBoolean(isPaired);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static PhaseShape readFrom(DataInput in) throws IOException {
    String experiment = StringValue.readString(in);
    int phase = in.readInt();
    int arms = in.readInt();
    List<Boolean> paired = new ArrayList<>();
    for (int metrics = in.readInt(); metrics > 0; metrics--) {
      paired.add(in.readBoolean());
    }
    return new PhaseShape(experiment, phase, arms, paired);
  }
}
