package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseShape;
import dev.thalweg.operators.experiments.attribution.PhaseSums;
import dev.thalweg.operators.experiments.attribution.SourceNames;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What a minute of a phase has come to that has not closed.
 *
 * @param sums what changed in it
 * @param cohort over the units that were exposed first in it
 */
record OpenMinute(PhaseShape shape, PhaseSums sums, PhaseSums cohort) {
  /** Without units. */
  OpenMinute(PhaseShape shape) {
    this(shape, new PhaseSums(shape), new PhaseSums(shape));
  }

  void writeTo(DataOutput out) throws IOException {
    shape.writeTo(out);
    SourceNames names = SourceNames.of(List.of(sums, cohort));
    names.writeTo(out);
    sums.writeTo(out, names);
    cohort.writeTo(out, names);
  }

  static OpenMinute readFrom(DataInput in) throws IOException {
    PhaseShape shape = PhaseShape.readFrom(in);
    SourceNames names = SourceNames.readFrom(in);
    return new OpenMinute(
        shape, PhaseSums.readFrom(shape, in, names), PhaseSums.readFrom(shape, in, names));
  }
}
