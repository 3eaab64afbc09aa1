package dev.thalweg.operators.experiments.definition;

import dev.thalweg.operators.event.RawRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads definitions of experiments from their topic. A version is never rewritten: told again with
 * other content it is refused, and as what was told first is kept here, before the definitions are
 * spread, all that read them judge alike, after a restart too. Told again as it was, it goes on
 * again. Run it with a parallelism of 1.
 *
 * <p>Refused, in one line of the log and counted in {@code definitions_refused}: what cannot be
 * read, what stands under another key than {@code experiment/version}, tombstones, and a version
 * that does not fit those told before ({@link VersionChain}), as operators behind add up what is of
 * one phase. Where versions between are missing, the nearest ones told are what it has to fit.
 *
 * <p>Key: none. State: {@link DefinitionsState}, for as long as the job lives. Late data: does not
 * look at time.
 */
public final class DecodeDefinitions extends ProcessFunction<RawRecord, ExperimentDefinition>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DecodeDefinitions.class);
  private static final int LONGEST = 200;

  private transient ListState<ExperimentDefinition> state;
  private transient Map<String, VersionChain> told;
  private transient Counter refused;

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state = context.getOperatorStateStore().getListState(DefinitionsState.versionsTold());
    told = new HashMap<>();
    for (ExperimentDefinition definition : state.get()) {
      restore(definition);
    }
  }

  /** What does not fit was told before versions had to. */
  private void restore(ExperimentDefinition definition) {
    try {
      chain(definition).add(definition);
    } catch (IllegalArgumentException e) {
      LOG.warn("Forgets a definition: {}", e.getMessage());
    }
  }

  @Override
  public void open(OpenContext context) {
    refused = getRuntimeContext().getMetricGroup().counter("definitions_refused");
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<ExperimentDefinition> out) {
    Optional<ExperimentDefinition> definition = admitted(raw);
    definition.ifPresent(out::collect);
  }

  private Optional<ExperimentDefinition> admitted(RawRecord raw) {
    try {
      ExperimentDefinition definition = read(raw);
      chain(definition).add(definition);
      return Optional.of(definition);
    } catch (RuntimeException e) {
      // Whatever is wrong with a definition, the job goes on with the others.
      refused.inc();
      LOG.warn(
          "Refuses a definition at {}, partition {}, offset {}: {}",
          raw.origin().topic(),
          raw.origin().partition(),
          raw.origin().offset(),
          e.getMessage());
      return Optional.empty();
    }
  }

  private VersionChain chain(ExperimentDefinition definition) {
    return told.computeIfAbsent(definition.experiment(), id -> new VersionChain());
  }

  private static ExperimentDefinition read(RawRecord raw) {
    String key = raw.key() == null ? "" : text("key", raw.key());
    Values.require(raw.value() != null, quoted(key), "a version is never taken back");
    ExperimentDefinition definition = DefinitionJson.read(text("value", raw.value()));
    Values.require(
        definition.key().equals(key), quoted(key), "its content is that of " + definition.key());
    return definition;
  }

  private static String text(String part, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(part + ": not UTF-8", e);
    }
  }

  private static String quoted(String key) {
    return Values.quoted(key.length() <= LONGEST ? key : key.substring(0, LONGEST) + "...");
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    List<ExperimentDefinition> all = new ArrayList<>();
    told.values().forEach(chain -> all.addAll(chain.versions().values()));
    state.update(all);
  }
}
