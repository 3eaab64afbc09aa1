/** Which exposures were refused on their way, from dead letters to numbers of a phase's health. */
package dev.thalweg.operators.experiments.drops;
