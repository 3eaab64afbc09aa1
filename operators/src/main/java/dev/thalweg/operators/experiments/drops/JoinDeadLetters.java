package dev.thalweg.operators.experiments.drops;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.RegistryFactory;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.Hit;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.PhaseShape;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.ExperimentsOperator;
import dev.thalweg.operators.experiments.selection.Versions;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Finds the exposures among dead letters, and counts them by phase, arm and failure; counts are
 * sent every so often, before each barrier, and before the watermark. The version is that which
 * acts at the event's time; at its arrival where the time cannot be read, or was itself the reason.
 *
 * <p>Key: none. State: that of {@link ExperimentsOperator}. Late data: counts whenever it comes, as
 * these numbers belong to no minute. Counted in {@code exposures_dropped}; in {@code
 * letters_passed_over} what is no dead letter, names no arm of an experiment that runs, or was fed
 * again and so was counted when it was refused first.
 */
public final class JoinDeadLetters extends ExperimentsOperator<PhaseDelta> {
  private static final long serialVersionUID = 1L;

  private final CatalogFactory factory;
  private final RegistryFactory registry;
  private final DropsConfig config;

  private transient LetterReader letters;
  private transient RefusedReader refused;
  private transient Map<String, Versions<ExposedArms>> experiments;
  private transient Map<String, PhaseDelta> changes;
  private transient StreamRecord<PhaseDelta> out;
  private transient Counter dropped;
  private transient Counter passedOver;

  /**
   * An operator with that configuration.
   *
   * @param registry reaches the registry whose header refused records may have; null for none
   */
  public JoinDeadLetters(CatalogFactory catalog, RegistryFactory registry, DropsConfig config) {
    super(config.emit());
    this.factory = Objects.requireNonNull(catalog, "catalog");
    this.registry = registry;
    this.config = config;
  }

  @Override
  public void open() throws Exception {
    ContractCatalog catalog = factory.load();
    letters = new LetterReader(catalog);
    refused =
        new RefusedReader(
            catalog,
            config.maxBytes(),
            registry == null ? null : registry.connect(getMetricGroup()));
    experiments = new HashMap<>();
    changes = new LinkedHashMap<>();
    out = new StreamRecord<>(null);
    dropped = getMetricGroup().counter("exposures_dropped");
    passedOver = getMetricGroup().counter("letters_passed_over");
    super.open();
  }

  @Override
  protected void use(List<ExperimentDefinition> all) {
    experiments.clear();
    all.stream()
        .collect(Collectors.groupingBy(ExperimentDefinition::experiment))
        .forEach((id, versions) -> experiments.put(id, new Versions<>(versions, ExposedArms::of)));
  }

  @Override
  protected void process(RawRecord record) {
    Letter letter = letters.read(record.value());
    boolean isNew = letter != null && letter.attempt() == 0;
    RefusedExposure exposure = isNew ? refused.read(letter.bytes()) : null;
    ExposedArms acting =
        exposure != null && exposure.isComplete() ? acting(letter, exposure) : null;
    int arm = acting == null ? Hit.NO_ARM : acting.arm(exposure);
    if (arm == Hit.NO_ARM) {
      passedOver.inc();
      return;
    }
    dropped.inc();
    changes
        .computeIfAbsent(acting.rules().key(), key -> new PhaseDelta(PhaseShape.of(acting.rules())))
        .droppedExposure(arm, letter.failure(), letter.arrival());
  }

  private ExposedArms acting(Letter letter, RefusedExposure exposure) {
    Versions<ExposedArms> versions = experiments.get(exposure.experiment());
    boolean isTimed =
        exposure.eventTime() != RefusedExposure.UNKNOWN
            && !letter.failure().equals(Failure.TIME_VIOLATION.label());
    return versions == null ? null : versions.at(isTimed ? exposure.eventTime() : letter.arrival());
  }

  @Override
  protected void flush() {
    changes.values().forEach(delta -> output.collect(out.replace(delta)));
    changes.clear();
  }
}
