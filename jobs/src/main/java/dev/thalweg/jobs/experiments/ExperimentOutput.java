package dev.thalweg.jobs.experiments;

import dev.thalweg.operators.event.FixedTypeInfo;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.experiments.attribution.UnitAssignment;
import dev.thalweg.operators.experiments.routing.RoutedRecord;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What the job writes to Kafka: one stream, so that one sink writes it all together. */
public sealed interface ExperimentOutput {
  /** Type information of outputs. */
  TypeInformation<ExperimentOutput> TYPE =
      new FixedTypeInfo<>(ExperimentOutput.class, ExperimentOutputSerializer::new);

  /** A row; documents and decisions are written, others are not. */
  record Row(ExperimentRow row) implements ExperimentOutput {
    /** Refuses null. */
    public Row {
      Objects.requireNonNull(row, "row");
    }
  }

  /** An assignment. */
  record Assignment(UnitAssignment assignment) implements ExperimentOutput {
    /** Refuses null. */
    public Assignment {
      Objects.requireNonNull(assignment, "assignment");
    }
  }

  /** A record on its route. */
  record Routed(RoutedRecord routed) implements ExperimentOutput {
    /** Refuses null. */
    public Routed {
      Objects.requireNonNull(routed, "routed");
    }
  }

  /** A dead letter. */
  record Letter(Message message) implements ExperimentOutput {
    /** Refuses null. */
    public Letter {
      Objects.requireNonNull(message, "message");
    }
  }
}
