package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseShape;
import dev.thalweg.operators.experiments.attribution.PhaseSums;
import dev.thalweg.operators.experiments.attribution.SourceNames;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The units of a phase that were exposed first in one minute, with what their metrics came to at
 * its end.
 *
 * @param minute counted from 1970
 * @param place among the minutes that have such units, from 1 on
 * @param sums over them, without sources
 */
record Cohort(long minute, long place, PhaseSums sums) {
  void writeTo(DataOutput out) throws IOException {
    out.writeLong(minute);
    out.writeLong(place);
    sums.writeTo(out, SourceNames.of(List.of()));
  }

  static Cohort readFrom(PhaseShape shape, DataInput in) throws IOException {
    return new Cohort(
        in.readLong(), in.readLong(), PhaseSums.readFrom(shape, in, SourceNames.of(List.of())));
  }
}
