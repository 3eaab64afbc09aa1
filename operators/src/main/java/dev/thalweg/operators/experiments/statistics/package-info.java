/**
 * Statistics of experiments, without Flink: sums over an arm's units that merge and take back,
 * effects and tests computed from them, sample-ratio tests, and the scorecard's rows.
 *
 * <p>What cannot be known is NaN here and null in a {@link ScorecardRow}; it is never a neutral
 * looking number such as an effect of 0 or a p-value of 1.
 */
package dev.thalweg.operators.experiments.statistics;
