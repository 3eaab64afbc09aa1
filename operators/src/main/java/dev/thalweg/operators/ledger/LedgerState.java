package dev.thalweg.operators.ledger;

import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The state of {@link KeepLedger}. */
public final class LedgerState {
  /** How entries travel. */
  public static final TypeInformation<LedgerEntry> ENTRY = TypeInformation.of(LedgerEntry.class);

  private LedgerState() {}

  /** The totals since the job first started, one entry a heading. */
  public static ListStateDescriptor<LedgerEntry> totals() {
    return new ListStateDescriptor<>("ledger-totals", ENTRY);
  }
}
