/** The commands of {@code scripts/contracts}. */
package dev.thalweg.cli.contracts;
