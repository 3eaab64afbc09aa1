package dev.thalweg.schemas.export;

import org.apache.avro.JsonProperties;

/** Whether a contract or one of its fields is on its way out. */
final class Deprecation {
  private Deprecation() {}

  /** The property may hold a reason or a date; only {@code false} takes it back. */
  static boolean of(JsonProperties properties) {
    Object deprecated = properties.getObjectProp("deprecated");
    return deprecated != null && !Boolean.FALSE.equals(deprecated);
  }
}
