/** Counts what became of every record, so that nothing is lost unseen. */
package dev.thalweg.operators.ledger;
