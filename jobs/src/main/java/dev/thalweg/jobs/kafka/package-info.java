/** The Kafka ends of jobs. */
package dev.thalweg.jobs.kafka;
