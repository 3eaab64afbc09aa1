/** Which arm of an experiment a unit is in: pure functions of strings. They know no Flink. */
package dev.thalweg.operators.experiments.assignment;
