package dev.thalweg.operators.experiments.attribution;

/**
 * Learns what an event of a unit changes in the sums of a phase. Minutes are those of event time,
 * counted from 1970; a sign is 1 for what is added and -1 for what is taken back.
 */
interface PhaseChanges {
  /** A unit is exposed to an arm, or is not any more. */
  void unit(long minute, int arm, int sign);

  /** A unit is exposed first in that minute, or is not any more, and is in the arm at its end. */
  void cohortUnit(long minute, int arm, int sign);

  /** A unit exposed first in that minute has a value at its end, or has it no more. */
  void cohortValue(int metric, long minute, int arm, int sign, double first, double second);

  /**
   * A unit has a value of a metric, or has it no more.
   *
   * @param second below the line of a ratio, or from before exposure; 0 if the metric has none
   */
  void value(int metric, long minute, int arm, int sign, double first, double second);

  /**
   * How much numbers change that say whether all is well.
   *
   * @param inSeveralArms units that were exposed to several arms
   * @param outcomesBefore events that were outcomes of exposed units before their exposure
   * @param neverExposed units that had outcomes and were never exposed
   */
  void health(int inSeveralArms, long outcomesBefore, int neverExposed);
}
