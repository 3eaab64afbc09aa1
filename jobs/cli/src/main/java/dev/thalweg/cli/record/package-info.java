/** Records on their way to a topic. */
package dev.thalweg.cli.record;
