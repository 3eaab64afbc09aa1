package dev.thalweg.operators.experiments.routing;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.RegistryFactory;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.ExperimentsOperator;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.EventCursor;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends copies of canonical records to pipelines of experiments, beside the core one: each where
 * its unit's variant has a route for its event type, by the version that acts at its event time. An
 * event goes to a route once, however many experiments send it there.
 *
 * <p>Not routed: events of experiments that nobody defined, that do not act yet or no more; of
 * units that take no part, and of none; where the rule fails, which is counted in {@code
 * flag_errors} and logged once a version; and what is no canonical record, which {@code SelectHits}
 * refuses.
 *
 * <p>Key: none. State: that of {@link ExperimentsOperator}. Late data: is routed as any other, but
 * by versions alone that ended no longer than the lateness before the watermark. Counts copies in
 * {@code events_routed}, by route; keeps no ledger.
 */
public final class RouteExperiments extends ExperimentsOperator<RoutedRecord> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RouteExperiments.class);
  private static final Duration WATERMARK_DELAY = Duration.ofMillis(200);

  private final CatalogFactory factory;
  private final RegistryFactory registry;

  private transient CanonicalReader reader;
  private transient List<ExperimentDefinition> definitions;
  private transient Map<Contract, ContractRoutes> routes;
  private transient Map<String, ArmRule> rules;
  private transient Sending sending;

  /**
   * An operator for events of those contracts.
   *
   * @param registry reaches the registry whose header records may have; null for none
   * @param lateness how long after the end of a version its events are routed, in event time
   */
  public RouteExperiments(CatalogFactory catalog, RegistryFactory registry, Duration lateness) {
    super(WATERMARK_DELAY, Objects.requireNonNull(lateness, "lateness"));
    this.factory = Objects.requireNonNull(catalog, "catalog");
    this.registry = registry;
  }

  @Override
  public void open() throws Exception {
    reader =
        new CanonicalReader(
            factory.load(), registry == null ? null : registry.connect(getMetricGroup()));
    routes = new IdentityHashMap<>();
    rules = new HashMap<>();
    sending = new Sending();
    super.open();
  }

  /** Rules of versions that are in use stay, as versions are never rewritten. */
  @Override
  protected void use(List<ExperimentDefinition> all) {
    definitions = all;
    routes.clear();
    rules
        .keySet()
        .retainAll(all.stream().map(ExperimentDefinition::key).collect(Collectors.toSet()));
  }

  @Override
  protected void process(RawRecord record) {
    EventCursor event = reader.read(record.value());
    if (event != null) {
      sending.record = record;
      routes.computeIfAbsent(event.contract(), this::routes).route(event, sending);
    }
  }

  private ContractRoutes routes(Contract contract) {
    return new ContractRoutes(
        contract,
        definitions,
        each -> rules.computeIfAbsent(each.key(), key -> new DefinedArms(each)));
  }

  @Override
  protected void flush() {
    // Copies go on at once.
  }

  private final class Sending implements ContractRoutes.Destinations {
    private final Map<String, Counter> routed = new HashMap<>();
    private final Counter failures = getMetricGroup().counter("flag_errors");
    private final Set<String> told = new HashSet<>();
    private RawRecord record;

    @Override
    public void send(String route) {
      routed.computeIfAbsent(route, this::counter).inc();
      output.collect(new StreamRecord<>(new RoutedRecord(route, record)));
    }

    private Counter counter(String route) {
      return getMetricGroup().addGroup("route", route).counter("events_routed");
    }

    @Override
    public void failed(ExperimentDefinition definition) {
      failures.inc();
      if (told.add(definition.key())) {
        LOG.warn("The targeting of {} failed; events are not routed by it", definition.key());
      }
    }
  }
}
