package dev.thalweg.operators.experiments.definition;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.event.RawRecordSerializer;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * The state of {@link DecodeDefinitions} and of every {@link ExperimentsOperator}. Versions are
 * kept for as long as the job lives, a few kilobytes each, also of experiments that ended: a
 * version told later is held against them, and begins where an earlier one ends. What is made of
 * them for events goes when they have ended.
 */
public final class DefinitionsState {
  private DefinitionsState() {}

  /** Every version told, as it was told first; kept for as long as the job lives. */
  public static ListStateDescriptor<ExperimentDefinition> versionsTold() {
    return new ListStateDescriptor<>("versions-told", new DefinitionSerializer());
  }

  /** Every version by its key, the same in all subtasks; kept for as long as the job lives. */
  public static MapStateDescriptor<String, ExperimentDefinition> definitions() {
    return new MapStateDescriptor<>(
        "definitions", StringSerializer.INSTANCE, new DefinitionSerializer());
  }

  /** Records that came before the definitions were read to their end; emptied then. */
  public static ListStateDescriptor<RawRecord> waitingRecords() {
    return new ListStateDescriptor<>("waiting-records", new RawRecordSerializer());
  }
}
