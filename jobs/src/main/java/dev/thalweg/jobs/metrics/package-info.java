/** The metrics job: what is declared of metrics, and how the job is configured. */
package dev.thalweg.jobs.metrics;
