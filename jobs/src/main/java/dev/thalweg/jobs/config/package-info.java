/** Typed configuration from files and the command line; all mistakes reported at once. */
package dev.thalweg.jobs.config;
