package dev.thalweg.operators.enrich;

import java.io.Serializable;
import java.util.Map;

/** Knows where reference data ends at this moment. */
@FunctionalInterface
public interface ReferenceEnd extends Serializable {
  /** The offset of the last record of each partition that holds any. May block for seconds. */
  Map<Integer, Long> lastOffsets();
}
