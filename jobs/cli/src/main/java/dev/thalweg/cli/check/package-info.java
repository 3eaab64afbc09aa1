/** Compares what a job did with what it had to do. */
package dev.thalweg.cli.check;
