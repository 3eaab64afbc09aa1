package dev.thalweg.operators.decode;

import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.ContractSource.ContractFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes as {@link DecodeEvents} does, and learns contracts while it runs: those that {@link
 * AdmitContracts} tells, by broadcast, so that all subtasks judge alike.
 *
 * <p>Key: none. State: {@link DecodeState}, the contracts learned; cleared when another run of the
 * job begins, which has read all contracts anew. Late data: does not look at time. Counts as {@link
 * DecodeEvents}.
 */
public final class DecodeEventsByNewContracts
    extends BroadcastProcessFunction<RawRecord, ContractFile, Message>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DecodeEventsByNewContracts.class);

  private final CatalogFactory catalog;
  private final DecodeConfig config;
  private final RegistryConfig registry;
  private final String run;

  private transient List<ContractFile> restored;
  private transient RecordDecoder decoder;
  private transient Counter attributesDropped;

  /**
   * An operator that begins with the contracts of that catalogue.
   *
   * @param run number of the run, which rises with every start that has looked for contracts
   */
  public DecodeEventsByNewContracts(CatalogFactory catalog, DecodeConfig config, long run) {
    this(catalog, config, run, null);
  }

  /** An operator that uses a schema registry too; null for none. */
  public DecodeEventsByNewContracts(
      CatalogFactory catalog, DecodeConfig config, long run, RegistryConfig registry) {
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.config = Objects.requireNonNull(config, "config");
    this.registry = registry;
    this.run = run + "/";
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    BroadcastState<String, String> state =
        context.getOperatorStateStore().getBroadcastState(DecodeState.newContracts());
    restored = new ArrayList<>();
    List<String> earlier = new ArrayList<>();
    for (Map.Entry<String, String> entry : state.immutableEntries()) {
      String key = entry.getKey();
      if (key.startsWith(run)) {
        restored.add(new ContractFile(key.substring(run.length()), entry.getValue()));
      } else {
        earlier.add(key);
      }
    }
    for (String key : earlier) {
      state.remove(key);
    }
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    decoder = new RecordDecoder(catalog.load(), config, registry, metrics);
    restored.forEach(this::learn);
    attributesDropped = metrics.counter("attributes_dropped");
  }

  @Override
  public void processElement(RawRecord raw, ReadOnlyContext context, Collector<Message> out) {
    out.collect(decoder.decode(raw));
    attributesDropped.inc(decoder.attributesDropped());
  }

  @Override
  public void processBroadcastElement(ContractFile file, Context context, Collector<Message> out)
      throws Exception {
    context.getBroadcastState(DecodeState.newContracts()).put(run + file.path(), file.text());
    learn(file);
  }

  /** A contract is told again after a failure; then it is known, and stays as it is. */
  private void learn(ContractFile file) {
    if (decoder.catalog().holds(file.path())) {
      return;
    }
    try {
      decoder.use(decoder.catalog().with(file));
    } catch (ContractException e) {
      LOG.warn("Goes on without a contract: {}", e.getMessage());
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // The broadcast state is up to date at any time.
  }
}
