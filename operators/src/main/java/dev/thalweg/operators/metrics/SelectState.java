package dev.thalweg.operators.metrics;

import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The state of {@link SelectEvents}. */
public final class SelectState {
  private SelectState() {}

  /** What is or was declared, by name, in words; kept by one subtask, read by all. */
  public static ListStateDescriptor<String> declarations() {
    return new ListStateDescriptor<>("declarations", Types.STRING);
  }
}
