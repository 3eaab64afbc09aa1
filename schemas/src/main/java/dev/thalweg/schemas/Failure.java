package dev.thalweg.schemas;

/**
 * Why an event could not be processed. The list is closed; where several hold, the first in
 * declaration order is the one reported.
 */
public enum Failure {
  /** Larger than allowed. */
  SIZE_VIOLATION,
  /** Neither JSON nor Avro that can be read to its end. */
  UNREADABLE,
  /** No contract of that event type. */
  UNKNOWN_CONTRACT,
  /** A contract version, fingerprint or schema id that nobody knows. */
  UNKNOWN_VERSION,
  /** A required attribute is missing, or a value has the wrong type. */
  SCHEMA_VIOLATION,
  /** The event time lies too far in the future or before the floor. */
  TIME_VIOLATION,
  /** A rule of the contract is false. */
  RULE_VIOLATION,
  /** Enriching the event failed. */
  ENRICHMENT_FAILURE,
  /** Protecting personal data failed. */
  PROTECTION_FAILURE,
  /** A defect of the pipeline itself. */
  INTERNAL_ERROR;

  private static final Failure[] VALUES = values();

  private final String label = name().toLowerCase(java.util.Locale.ROOT);

  /** The name used on the wire and in views, in snake_case. */
  public String label() {
    return label;
  }

  /**
   * The failure with that {@link #ordinal()}.
   *
   * @throws ArrayIndexOutOfBoundsException if there is none
   */
  public static Failure of(int ordinal) {
    return VALUES[ordinal];
  }
}
