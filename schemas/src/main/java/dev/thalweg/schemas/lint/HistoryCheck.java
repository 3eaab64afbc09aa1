package dev.thalweg.schemas.lint;

/** One group of checks over the versions of one contract. Keeps nothing between calls. */
@FunctionalInterface
interface HistoryCheck {
  void check(ContractHistory history, Findings findings);
}
