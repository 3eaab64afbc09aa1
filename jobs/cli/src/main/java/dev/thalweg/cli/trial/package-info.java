/** Runs a job's topology over a sample in this process, without cluster or broker. */
package dev.thalweg.cli.trial;
