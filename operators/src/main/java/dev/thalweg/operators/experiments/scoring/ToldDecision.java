package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What was told last of a phase.
 *
 * @param text what was decided and waited for; empty before the first decision
 * @param version which decided; 0 before the first decision
 * @param promoted the latest version for which a next one went out; 0 if none did
 */
record ToldDecision(String text, int version, int promoted) {
  static final ToldDecision NONE = new ToldDecision("", 0, 0);

  /** Whether that version has decided otherwise, or another version did. */
  boolean differs(Decision decision, ExperimentDefinition acting) {
    return version != acting.version() || !text.equals(decision.told());
  }

  /** Whether a next version went out for that one. */
  boolean isPromoted(ExperimentDefinition acting) {
    return promoted >= acting.version();
  }

  ToldDecision then(Decision decision, ExperimentDefinition acting, boolean promotes) {
    return new ToldDecision(
        decision.told(), acting.version(), promotes ? acting.version() : promoted);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeUTF(text);
    out.writeInt(version);
    out.writeInt(promoted);
  }

  static ToldDecision readFrom(DataInput in) throws IOException {
    return new ToldDecision(in.readUTF(), in.readInt(), in.readInt());
  }
}
