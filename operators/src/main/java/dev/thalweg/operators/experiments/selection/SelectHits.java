package dev.thalweg.operators.experiments.selection;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.RegistryFactory;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.AttributionTypes;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.PhaseRules;
import dev.thalweg.operators.experiments.attribution.UnitHits;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.ExperimentsOperator;
import dev.thalweg.operators.ledger.LedgerTally;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.ContextFields;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Reads canonical records and finds what each means to the experiments that run at its time. That
 * goes on at once; exposures that are not valid are counted by phase, and sent to {@link #INVALID}
 * every so often, before each barrier, and before the watermark.
 *
 * <p>Key: none. State: that of {@link ExperimentsOperator}; records that wait for definitions are
 * counted as waiting. Late data: what concerns an experiment and happened at or before the
 * watermark less the lateness is dropped and counted in {@code events_late}; what concerns none, or
 * none but such as ended before that, is accepted whenever it comes. What is no canonical record of
 * a known contract goes to {@link #REFUSED} and is counted in {@code events_rejected}. What became
 * of each record goes to {@link LedgerTally#COUNTS}, for the ledger. Conditions of definitions that
 * do not compile are met by no event, and are counted in {@code conditions_refused}.
 */
public final class SelectHits extends ExperimentsOperator<UnitHits> {
  /** The name of this step in dead letters. */
  public static final String STAGE = "select-hits";

  /** Exposures that are not valid, counted by phase. */
  public static final OutputTag<PhaseDelta> INVALID =
      new OutputTag<>("invalid-exposures", AttributionTypes.PHASE_DELTA);

  /** Dead letters: records that are no canonical records of a known contract. */
  public static final OutputTag<Message> REFUSED = new OutputTag<>("refused", MessageTypes.MESSAGE);

  private static final long serialVersionUID = 1L;

  private final CatalogFactory factory;
  private final RegistryFactory registry;
  private final SelectionConfig config;

  private transient CanonicalReader reader;
  private transient LenientConditions conditions;
  private transient List<ExperimentDefinition> definitions;
  private transient Map<Contract, ExperimentSelection> selections;
  private transient Gathering gathering;
  private transient InvalidExposures invalid;
  private transient LedgerTally tally;
  private transient StreamRecord<UnitHits> out;
  private transient Counter late;
  private transient Counter rejected;

  /**
   * An operator with that configuration.
   *
   * @param registry reaches the registry whose header records may have; null for none
   */
  public SelectHits(CatalogFactory catalog, RegistryFactory registry, SelectionConfig config) {
    super(config.emit(), config.lateness());
    this.factory = Objects.requireNonNull(catalog, "catalog");
    this.registry = registry;
    this.config = config;
  }

  @Override
  public void open() throws Exception {
    ContractCatalog catalog = factory.load();
    reader =
        new CanonicalReader(catalog, registry == null ? null : registry.connect(getMetricGroup()));
    conditions = new LenientConditions(catalog, getMetricGroup().counter("conditions_refused"));
    selections = new IdentityHashMap<>();
    gathering = new Gathering();
    invalid = new InvalidExposures();
    tally = new LedgerTally();
    out = new StreamRecord<>(null);
    late = getMetricGroup().counter("events_late");
    rejected = getMetricGroup().counter("events_rejected");
    super.open();
  }

  @Override
  protected void use(List<ExperimentDefinition> all) {
    definitions = all;
    selections.clear();
  }

  @Override
  protected void countWaiting(RawRecord record, int change) {
    tally.waiting(record.origin(), change);
  }

  @Override
  protected void process(RawRecord record) {
    EventCursor event = reader.read(record.value());
    if (event == null) {
      refuse(record);
      return;
    }
    ExperimentSelection selection = selections.get(event.contract());
    if (selection == null) {
      selection = new ExperimentSelection(event.contract(), conditions, definitions);
      selections.put(event.contract(), selection);
    }
    gathering.select(selection, event, record.origin());
    long time = event.longValue(CoreFields.EVENT_TIME);
    if (gathering.concernsAny() && time <= config.horizon(reached())) {
      late.inc();
      tally.late(record.origin());
    } else {
      tally.accepted(record.origin());
      gathering.send();
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
    invalid.flush(delta -> output.collect(INVALID, new StreamRecord<>(delta)));
    tally.flush().forEach(entry -> output.collect(LedgerTally.COUNTS, new StreamRecord<>(entry)));
  }

  /** What one event means, until it is known whether it is late. */
  private final class Gathering implements ExperimentSelection.Meanings {
    private final List<UnitHits> hits = new ArrayList<>();
    private PhaseRules exposedInvalidly;
    private long arrival;

    void select(ExperimentSelection selection, EventCursor event, Origin origin) {
      hits.clear();
      exposedInvalidly = null;
      if (selection.isOfNone()) {
        return;
      }
      arrival = event.longValue(ContextFields.INGESTED_AT.position(event.contract()));
      selection.select(
          event, new Origin(origin.topic(), origin.partition(), origin.offset(), arrival), this);
    }

    boolean concernsAny() {
      return exposedInvalidly != null || !hits.isEmpty();
    }

    void send() {
      hits.forEach(each -> output.collect(out.replace(each)));
      if (exposedInvalidly != null) {
        invalid.add(exposedInvalidly, arrival);
      }
    }

    @Override
    public void hits(UnitHits each) {
      hits.add(each);
    }

    @Override
    public void invalidExposure(PhaseRules rules) {
      exposedInvalidly = rules;
    }
  }
}
