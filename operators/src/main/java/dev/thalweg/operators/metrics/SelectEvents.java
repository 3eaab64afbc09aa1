package dev.thalweg.operators.metrics;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.EventConditions;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.SingleObject;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Reads canonical records and finds what each means to the declared metrics. What events add to
 * rows is aggregated here first, and sent on every so often, before each barrier, and before the
 * watermark; what they mean to their subjects goes to {@link #HITS} at once.
 *
 * <p>Key and state: none; nothing is held over a barrier. Late data: what is too late for all that
 * select it goes to {@link #LATE} and is counted in {@code events_late}; a record that is no
 * canonical one goes to {@link #UNREADABLE}.
 */
public final class SelectEvents extends FlushingOperator<Contribution>
    implements OneInputStreamOperator<RawRecord, Contribution> {
  /** What events mean to their subjects. */
  public static final OutputTag<SubjectHits> HITS =
      new OutputTag<>("hits", MetricsTypes.SUBJECT_HITS);

  /** Records that every metric dropped as late. */
  public static final OutputTag<RawRecord> LATE =
      new OutputTag<>("late", dev.thalweg.operators.event.MessageTypes.RAW_RECORD);

  /** Records that are no canonical records of a known contract. */
  public static final OutputTag<RawRecord> UNREADABLE =
      new OutputTag<>("unreadable", dev.thalweg.operators.event.MessageTypes.RAW_RECORD);

  private static final long serialVersionUID = 1L;
  private static final int MOST_PARTS = 50_000;
  private static final int FLUSHES_PER_EMIT = 5;

  private final CatalogFactory factory;
  private final MetricsConfig config;

  private transient ContractCatalog catalog;
  private transient EventConditions conditions;
  private transient Map<Contract, Reading> readings;
  private transient PreAggregation parts;
  private transient HitsBuilder hits;
  private transient StreamRecord<Contribution> out;
  private transient Counter late;

  /** An operator for those declarations. */
  public SelectEvents(CatalogFactory catalog, MetricsConfig config) {
    super(config.emit().dividedBy(FLUSHES_PER_EMIT));
    this.factory = Objects.requireNonNull(catalog, "catalog");
    this.config = config;
  }

  @Override
  public void open() throws Exception {
    catalog = factory.load();
    conditions = new EventConditions(catalog);
    readings = new IdentityHashMap<>();
    parts = new PreAggregation();
    hits = new HitsBuilder();
    out = new StreamRecord<>(null);
    late = getMetricGroup().counter("events_late");
    super.open();
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) throws Exception {
    RawRecord raw = element.getValue();
    byte[] value = raw.value();
    Reading reading = reading(value);
    if (reading == null || !reading.cursor.read(value, SingleObject.HEADER_LENGTH, value.length)) {
      output.collect(UNREADABLE, new StreamRecord<>(raw));
      return;
    }
    Selection.Outcome outcome = reading.selection.select(reading.cursor, reached(), parts, hits);
    if (outcome == Selection.Outcome.LATE) {
      late.inc();
      output.collect(LATE, new StreamRecord<>(raw));
    }
    if (!hits.isEmpty()) {
      output.collect(HITS, new StreamRecord<>(hits.build(reading.cursor)));
    }
    if (parts.size() > MOST_PARTS) {
      flush();
    }
  }

  private Reading reading(byte[] value) {
    if (value == null
        || value.length < SingleObject.HEADER_LENGTH
        || !SingleObject.isMarked(value)) {
      return null;
    }
    Contract contract = catalog.byCanonicalFingerprint(SingleObject.fingerprint(value));
    return contract == null
        ? null
        : readings.computeIfAbsent(contract, c -> new Reading(c, conditions, config));
  }

  @Override
  void flush() {
    parts.flush(contribution -> output.collect(out.replace(contribution)));
  }

  private static final class Reading {
    private final EventCursor cursor;
    private final Selection selection;

    Reading(Contract contract, EventConditions conditions, MetricsConfig config) {
      cursor = EventCursor.ofCanonical(contract);
      selection = new Selection(contract, conditions, config);
    }
  }
}
