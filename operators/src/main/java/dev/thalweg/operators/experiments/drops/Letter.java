package dev.thalweg.operators.experiments.drops;

/**
 * What is needed of a dead letter.
 *
 * @param failure from the closed list
 * @param arrival of the refused record, epoch milliseconds
 * @param bytes the refused record, perhaps cut
 * @param attempt how often it was fed again before
 */
record Letter(String failure, long arrival, byte[] bytes, long attempt) {}
