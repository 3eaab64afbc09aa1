/** Drops events that were seen before. */
package dev.thalweg.operators.dedup;
