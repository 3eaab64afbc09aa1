package dev.thalweg.operators.experiments.routing;

import dev.thalweg.operators.event.RawRecord;
import java.util.Objects;

/**
 * A record that goes to a pipeline of an experiment.
 *
 * @param route its name
 * @param record as it was read
 */
public record RoutedRecord(String route, RawRecord record) {
  /** Refuses missing parts. */
  public RoutedRecord {
    Objects.requireNonNull(route, "route");
    Objects.requireNonNull(record, "record");
  }
}
