package dev.thalweg.operators.experiments.attribution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Numbers that say whether all is well with a phase, or how much they change.
 *
 * @param inSeveralArms units that were exposed to several arms
 * @param outcomesBefore events that were outcomes of exposed units before their exposure
 * @param neverExposed units that had outcomes and were never exposed
 * @param invalidExposures exposures that were not valid, or to no arm that there is
 */
public record PhaseHealth(
    long inSeveralArms, long outcomesBefore, long neverExposed, long invalidExposures) {
  /** Nothing happened. */
  public static final PhaseHealth NONE = new PhaseHealth(0, 0, 0, 0);

  /** Both together. */
  public PhaseHealth plus(PhaseHealth other) {
    return new PhaseHealth(
        inSeveralArms + other.inSeveralArms,
        outcomesBefore + other.outcomesBefore,
        neverExposed + other.neverExposed,
        invalidExposures + other.invalidExposures);
  }

  /** Writes all. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(inSeveralArms);
    out.writeLong(outcomesBefore);
    out.writeLong(neverExposed);
    out.writeLong(invalidExposures);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static PhaseHealth readFrom(DataInput in) throws IOException {
    return new PhaseHealth(in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
