package dev.thalweg.jobs.kafka;

import java.io.Serializable;

/**
 * Where messages go.
 *
 * @param canonical topic of accepted events; null if there are none
 * @param deadLetter topic of records that could not be processed
 */
public record OutputTopics(String canonical, String deadLetter) implements Serializable {}
