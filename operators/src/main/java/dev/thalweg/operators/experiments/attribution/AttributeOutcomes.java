package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.flow.FlushingOperator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Finds which outcomes of a unit count for which arm, and what that changes in the sums of each
 * phase of an experiment; changes are brought together and sent on every so often, before each
 * barrier, and before the watermark. With its first exposure to come in, a unit's entry into the
 * phase goes to {@link #ASSIGNMENTS}, at once and once, unless the unit was forgotten since. What a
 * unit did before the phase began is remembered and counts as no event of it: of units that were
 * not exposed yet, nothing is told.
 *
 * <p>Key: the unit. State: {@link AttributionState}; a unit's phase goes when nothing was heard of
 * it for the retention. Late data: within the lateness it corrects what was told, and the result
 * does not depend on the order of events; what is later was dropped by whoever read it, and if it
 * comes here nevertheless changes nothing and is counted in {@code hits_dropped}.
 */
public final class AttributeOutcomes extends FlushingOperator<PhaseDelta>
    implements OneInputStreamOperator<UnitHits, PhaseDelta>, Triggerable<String, String> {
  /** That units entered phases. */
  public static final OutputTag<UnitAssignment> ASSIGNMENTS =
      new OutputTag<>("assignments", AttributionTypes.UNIT_ASSIGNMENT);

  private static final long serialVersionUID = 1L;

  private final AttributionConfig config;

  private transient MapState<String, UnitPhase> phases;
  private transient InternalTimerService<String> timers;
  private transient Map<String, PhaseDelta> changes;
  private transient StreamRecord<PhaseDelta> out;
  private transient Counter dropped;

  /** An operator with that configuration. */
  public AttributeOutcomes(AttributionConfig config) {
    super(config.emit());
    this.config = config;
  }

  @Override
  public void open() throws Exception {
    phases = getRuntimeContext().getMapState(AttributionState.phases());
    timers = getInternalTimerService("expiry", StringSerializer.INSTANCE, this);
    changes = new LinkedHashMap<>();
    out = new StreamRecord<>(null);
    dropped = getMetricGroup().counter("hits_dropped");
    super.open();
  }

  @Override
  public void processElement(StreamRecord<UnitHits> element) throws Exception {
    UnitHits hits = element.getValue();
    if (hits.eventTime() <= horizon()) {
      dropped.inc(hits.hits().size());
      return;
    }
    for (Hit hit : hits.hits()) {
      add(hits, hit);
    }
  }

  /** No event of that time or before comes any more. */
  private long horizon() {
    long watermark = timers.currentWatermark();
    long lateness = config.lateness().toMillis();
    return watermark < Long.MIN_VALUE + lateness ? Long.MIN_VALUE : watermark - lateness;
  }

  private void add(UnitHits hits, Hit hit) throws Exception {
    String key = hit.rules().key();
    UnitPhase unit = phases.get(key);
    if (unit == null) {
      unit = new UnitPhase(hit.rules());
      timers.registerEventTimeTimer(key, expiry(hits.eventTime()));
    }
    PhaseDelta delta = hit.isHistory() && !unit.isExposed() ? unheard(hit) : delta(hit);
    if (!hit.isHistory()) {
      delta.count(hits);
    }
    if (hit.isExposure() && !unit.isExposed()) {
      tellAssignment(hits, hit);
    }
    unit.add(hit, hits.eventTime(), hits.eventId(), delta.changes());
    unit.settle(hit.rules(), horizon());
    phases.put(key, unit);
  }

  private PhaseDelta delta(Hit hit) {
    return changes.computeIfAbsent(
        hit.rules().key(), key -> new PhaseDelta(PhaseShape.of(hit.rules())));
  }

  /** Nothing changes, and the scorecard of a phase does not begin before the phase. */
  private static PhaseDelta unheard(Hit hit) {
    return new PhaseDelta(PhaseShape.of(hit.rules()));
  }

  private void tellAssignment(UnitHits hits, Hit hit) {
    PhaseRules rules = hit.rules();
    UnitAssignment assignment =
        new UnitAssignment(
            hits.unit(),
            rules.experiment(),
            rules.phase(),
            rules.variants().get(hit.arm()),
            hits.eventTime(),
            hits.origin().arrival());
    output.collect(ASSIGNMENTS, new StreamRecord<>(assignment));
  }

  private long expiry(long latest) {
    return latest + config.retention().toMillis();
  }

  @Override
  public void onEventTime(InternalTimer<String, String> timer) throws Exception {
    String key = timer.getNamespace();
    UnitPhase unit = phases.get(key);
    if (unit == null) {
      // Whoever edits savepoints may have removed it and left the timer.
      return;
    }
    if (expiry(unit.latest()) > timer.getTimestamp()) {
      timers.registerEventTimeTimer(key, expiry(unit.latest()));
    } else {
      phases.remove(key);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, String> timer) {
    throw new IllegalStateException("no such timer is ever set: " + timer);
  }

  @Override
  protected void flush() {
    changes.values().forEach(delta -> output.collect(out.replace(delta)));
    changes.clear();
  }
}
