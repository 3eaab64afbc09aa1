package dev.thalweg.operators.experiments.attribution;

/**
 * What the outcomes of a log come to, as the exposure stands.
 *
 * @param tally of those that count
 * @param before what the unit did before its exposure; 0 without CUPED
 */
record OutcomeSum(Tally tally, double before) {}
