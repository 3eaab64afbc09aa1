package dev.thalweg.operators.decode;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The state of {@link DecodeEventsByNewContracts}. */
public final class DecodeState {
  private DecodeState() {}

  /**
   * The text of each contract found while a run of the job went on, by run and place; those of
   * earlier runs are dropped when a later one starts, as that one has looked for itself.
   */
  public static MapStateDescriptor<String, String> newContracts() {
    return new MapStateDescriptor<>("new-contracts", Types.STRING, Types.STRING);
  }
}
