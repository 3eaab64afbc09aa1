package dev.thalweg.operators.experiments.drops;

/**
 * What a refused record says of an exposure; all but the time are null where it says nothing.
 *
 * @param eventType as the record has it
 * @param eventTime epoch milliseconds; {@link #UNKNOWN} if it cannot be read
 */
record RefusedExposure(String eventType, String experiment, String variant, long eventTime) {
  static final long UNKNOWN = Long.MIN_VALUE;

  /** Whether it may be an exposure: it names all that is needed. */
  boolean isComplete() {
    return eventType != null && experiment != null && variant != null;
  }
}
