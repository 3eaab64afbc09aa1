/**
 * The ingest job: raw events in; validated, deduplicated, enriched events out, each exactly once.
 */
package dev.thalweg.jobs.ingest;
