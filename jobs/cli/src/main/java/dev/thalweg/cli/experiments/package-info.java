/** Publishes, lists and plans experiments. */
package dev.thalweg.cli.experiments;
