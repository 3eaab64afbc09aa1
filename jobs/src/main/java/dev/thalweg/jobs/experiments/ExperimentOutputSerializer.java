package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.experiments.ExperimentOutput.Assignment;
import dev.thalweg.jobs.experiments.ExperimentOutput.Letter;
import dev.thalweg.jobs.experiments.ExperimentOutput.Routed;
import dev.thalweg.jobs.experiments.ExperimentOutput.Row;
import dev.thalweg.operators.event.ImmutableSerializer;
import dev.thalweg.operators.event.MessageSerializer;
import dev.thalweg.operators.experiments.attribution.UnitAssignmentSerializer;
import dev.thalweg.operators.experiments.routing.RoutedRecordSerializer;
import dev.thalweg.operators.experiments.scoring.ExperimentRowSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link ExperimentOutput}: a byte that tells the kind, then what it holds. */
public final class ExperimentOutputSerializer extends ImmutableSerializer<ExperimentOutput> {
  private static final long serialVersionUID = 1L;
  private static final byte ROW = 0;
  private static final byte ASSIGNMENT = 1;
  private static final byte ROUTED = 2;
  private static final byte LETTER = 3;

  private final ExperimentRowSerializer rows = new ExperimentRowSerializer();
  private final UnitAssignmentSerializer assignments = new UnitAssignmentSerializer();
  private final RoutedRecordSerializer routes = new RoutedRecordSerializer();
  private final MessageSerializer messages = new MessageSerializer();

  @Override
  public TypeSerializer<ExperimentOutput> duplicate() {
    return new ExperimentOutputSerializer();
  }

  @Override
  public void serialize(ExperimentOutput output, DataOutputView target) throws IOException {
    if (output instanceof Row row) {
      target.writeByte(ROW);
      rows.serialize(row.row(), target);
    } else if (output instanceof Assignment assignment) {
      target.writeByte(ASSIGNMENT);
      assignments.serialize(assignment.assignment(), target);
    } else if (output instanceof Routed routed) {
      target.writeByte(ROUTED);
      routes.serialize(routed.routed(), target);
    } else if (output instanceof Letter letter) {
      target.writeByte(LETTER);
      messages.serialize(letter.message(), target);
    }
  }

  @Override
  public ExperimentOutput deserialize(DataInputView source) throws IOException {
    byte tag = source.readByte();
    return switch (tag) {
      case ROW -> new Row(rows.deserialize(source));
      case ASSIGNMENT -> new Assignment(assignments.deserialize(source));
      case ROUTED -> new Routed(routes.deserialize(source));
      case LETTER -> new Letter(messages.deserialize(source));
      default -> throw new IOException("no output of experiments has the tag " + tag);
    };
  }

  @Override
  public TypeSerializerSnapshot<ExperimentOutput> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExperimentOutput> {
    /** For Flink. */
    public Snapshot() {
      super(ExperimentOutputSerializer::new);
    }
  }
}
