/** From the sums of a phase to its scorecard, its health and its decisions. */
package dev.thalweg.operators.experiments.scoring;
