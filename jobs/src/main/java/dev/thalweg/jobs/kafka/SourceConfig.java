package dev.thalweg.jobs.kafka;

import java.time.Duration;
import java.time.Instant;

/**
 * Where events come from.
 *
 * @param topic the topic, prefixed
 * @param group the consumer group, prefixed
 * @param replayFrom arrival to begin at, or null for the earliest
 * @param idleness after how long without records a partition no longer holds back time
 */
public record SourceConfig(String topic, String group, Instant replayFrom, Duration idleness) {}
