package dev.thalweg.operators.ledger;

import java.io.Serializable;
import java.util.List;

/** Shows the ledger to the world. */
public interface LedgerPublisher extends Serializable, AutoCloseable {
  /** Makes ready; called once where it runs. */
  void open();

  /**
   * Takes the totals of a completed checkpoint. Must not block: a slow or absent database may delay
   * what is seen, never the events. Totals are cumulative, so a newer call makes an older one
   * needless.
   *
   * @param totals one entry a heading
   */
  void publish(List<LedgerEntry> totals);

  /** Shows the last totals taken, if it can, and lets go of everything. */
  @Override
  void close();
}
