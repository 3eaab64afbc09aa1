/** Sending records to a topic: in which order, how fast, and what became of them. */
package dev.thalweg.cli.produce;
