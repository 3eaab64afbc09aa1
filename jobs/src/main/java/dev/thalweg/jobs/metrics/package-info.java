/** The metrics job: canonical events in, views out. */
package dev.thalweg.jobs.metrics;
