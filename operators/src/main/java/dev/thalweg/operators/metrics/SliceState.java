package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.aggregate.Aggregate;

/**
 * What is kept of one slice of a group.
 *
 * @param start of it
 * @param aggregate what its events add up to
 * @param events how many were applied
 */
record SliceState(long start, Aggregate aggregate, long events) {}
