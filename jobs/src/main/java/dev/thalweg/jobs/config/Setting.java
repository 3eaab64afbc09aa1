package dev.thalweg.jobs.config;

/**
 * A value that somebody set.
 *
 * @param value the text; list items are joined with semicolons
 * @param where the file and line, or the command line
 */
record Setting(String value, String where) {}
