/**
 * Which outcomes count for which arm: of a unit, from its exposures and outcomes in whatever order
 * they come, to what it adds to the sums of an experiment's arms, minute by minute of event time.
 */
package dev.thalweg.operators.experiments.attribution;
