package dev.thalweg.operators.metrics;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.RegistryFactory;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.flow.FlushingOperator;
import dev.thalweg.operators.ledger.LedgerTally;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.EventConditions;
import dev.thalweg.schemas.EventCursor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Reads canonical records and finds what each means to the declared metrics. What events add to
 * rows is aggregated here first, and sent on every so often, before each barrier, and before the
 * watermark; what they mean to their subjects goes to {@link #HITS} at once.
 *
 * <p>Key: none. State: {@link SelectState}, what is declared, so that a savepoint is refused under
 * whose names something else was counted; of events nothing is held over a barrier. Late data: what
 * is too late for all that select it goes to {@link #LATE} and is counted in {@code events_late};
 * what is no canonical record of a known contract goes to {@link #REFUSED} and is counted in {@code
 * events_rejected}. What became of each record goes to {@link LedgerTally#COUNTS}, for the ledger.
 */
public final class SelectEvents extends FlushingOperator<Contribution>
    implements OneInputStreamOperator<RawRecord, Contribution> {
  /** The name of this step in dead letters. */
  public static final String STAGE = "select";

  /** What events mean to their subjects. */
  public static final OutputTag<SubjectHits> HITS =
      new OutputTag<>("hits", MetricsTypes.SUBJECT_HITS);

  /** Records that every metric dropped as late. */
  public static final OutputTag<RawRecord> LATE = new OutputTag<>("late", MessageTypes.RAW_RECORD);

  /** Dead letters: records that are no canonical records of a known contract. */
  public static final OutputTag<Message> REFUSED = new OutputTag<>("refused", MessageTypes.MESSAGE);

  private static final long serialVersionUID = 1L;
  private static final int MOST_PARTS = 50_000;
  private static final int FLUSHES_PER_EMIT = 5;

  private final CatalogFactory factory;
  private final RegistryFactory registry;
  private final MetricsConfig config;

  private transient ListState<String> state;
  private transient Declarations earlier;
  private transient CanonicalReader reader;
  private transient EventConditions conditions;
  private transient Map<Contract, Selection> selections;
  private transient PreAggregation parts;
  private transient HitsBuilder hits;
  private transient LedgerTally tally;
  private transient StreamRecord<Contribution> out;
  private transient Counter late;
  private transient Counter rejected;

  /**
   * An operator for those declarations.
   *
   * @param registry reaches the registry whose header records may have; null for none
   */
  public SelectEvents(CatalogFactory catalog, RegistryFactory registry, MetricsConfig config) {
    super(config.emit().dividedBy(FLUSHES_PER_EMIT));
    this.factory = Objects.requireNonNull(catalog, "catalog");
    this.registry = registry;
    this.config = config;
  }

  /**
   * Reads what was declared before.
   *
   * @throws SuppressRestartsException if something else was declared under a name of these
   */
  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state = context.getOperatorStateStore().getUnionListState(SelectState.declarations());
    earlier = Declarations.read(state.get());
    List<String> conflicts = Declarations.of(config).conflicts(earlier);
    if (!conflicts.isEmpty()) {
      throw new SuppressRestartsException(new IllegalStateException(String.join("; ", conflicts)));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    state.update(first ? Declarations.of(config).write(earlier) : List.of());
  }

  @Override
  public void open() throws Exception {
    ContractCatalog catalog = factory.load();
    reader =
        new CanonicalReader(catalog, registry == null ? null : registry.connect(getMetricGroup()));
    conditions = new EventConditions(catalog);
    selections = new IdentityHashMap<>();
    parts = new PreAggregation();
    hits = new HitsBuilder();
    tally = new LedgerTally();
    out = new StreamRecord<>(null);
    late = getMetricGroup().counter("events_late");
    rejected = getMetricGroup().counter("events_rejected");
    super.open();
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) throws Exception {
    RawRecord raw = element.getValue();
    EventCursor event = reader.read(raw.value());
    if (event == null) {
      refuse(raw);
      return;
    }
    Selection selection =
        selections.computeIfAbsent(
            event.contract(), contract -> new Selection(contract, conditions, config));
    if (selection.select(event, reached(), parts, hits) == Selection.Outcome.LATE) {
      late.inc();
      tally.late(raw.origin());
      output.collect(LATE, new StreamRecord<>(raw));
    } else {
      tally.accepted(raw.origin());
    }
    if (!hits.isEmpty()) {
      output.collect(HITS, new StreamRecord<>(hits.build(event)));
    }
    if (parts.size() > MOST_PARTS) {
      flush();
    }
  }

  private void refuse(RawRecord raw) {
    DeadLetter letter =
        new DeadLetter(STAGE, reader.failure(), reader.problem(), DeadLetter.UNKNOWN, raw);
    rejected.inc();
    tally.deadLetter(raw.origin());
    tally.cause(letter.failure().label(), STAGE, letter.eventType());
    output.collect(REFUSED, new StreamRecord<>(letter));
  }

  @Override
  protected void flush() {
    parts.flush(contribution -> output.collect(out.replace(contribution)));
    tally.flush().forEach(entry -> output.collect(LedgerTally.COUNTS, new StreamRecord<>(entry)));
  }
}
