package dev.thalweg.operators.decode;

import dev.thalweg.schemas.SchemaRegistry;
import java.io.Serializable;
import org.apache.flink.metrics.MetricGroup;

/** Reaches the schema registry from where an operator runs. */
@FunctionalInterface
public interface RegistryFactory extends Serializable {
  /**
   * A registry for one operator; need not answer yet. It should wait for answers as long as it
   * takes, since its exceptions fail the job.
   *
   * @param metrics where it counts
   */
  SchemaRegistry connect(MetricGroup metrics);
}
