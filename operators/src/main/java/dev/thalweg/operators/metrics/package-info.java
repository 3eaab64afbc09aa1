/** Declared metrics over events: what is counted, for whom, in which windows. */
package dev.thalweg.operators.metrics;
