/**
 * Checks directories of contracts before anyone relies on them: whether versions can live together,
 * and whether each keeps the rules of the house. Knows files, but no clock.
 */
package dev.thalweg.schemas.lint;
