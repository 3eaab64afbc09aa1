package dev.thalweg.jobs.kafka;

import java.io.Serializable;

/**
 * Where a job of experiments writes.
 *
 * @param scorecards topic of documents
 * @param decisions topic of decisions
 * @param assignments topic of units' assignments
 * @param routes what stands in front of the name of a route in the name of its topic
 * @param deadLetter topic of records that could not be processed
 */
public record ExperimentTopics(
    String scorecards, String decisions, String assignments, String routes, String deadLetter)
    implements Serializable {}
