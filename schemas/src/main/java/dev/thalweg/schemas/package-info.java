/**
 * Event contracts: what an event type looks like, who owns it, which rules hold; and the encodings
 * that carry events. Knows neither Flink nor Kafka.
 */
package dev.thalweg.schemas;
