/** The experiments job: what an experiment is, read from a file. */
package dev.thalweg.jobs.experiments;
