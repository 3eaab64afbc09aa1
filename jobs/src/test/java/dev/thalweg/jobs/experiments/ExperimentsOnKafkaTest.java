package dev.thalweg.jobs.experiments;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.jobs.testkit.CanonicalValues;
import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.DeadLetterEncoder;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.SchemaRegistry;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The closed loop on a real broker and a real database, through a failure: a regression is found,
 * the flag is switched back once, and the next phase is counted under the new version. Then the
 * same topics again, to the same decisions.
 */
final class ExperimentsOnKafkaTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MINUTE = 60_000;
  private static final int MINUTES = 20;
  private static final long DISORDER = 9_000;
  private static final long LEAD = 2 * MINUTE;
  private static final String ROUTE = "new-checkout";
  private static final Offset<Double> NUMBER = Offset.offset(1e-9);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DECISIONS =
      "select experiment, phase, decided_at, decision, variant, evidence::text as evidence from experiment_decisions order by experiment, phase, decided_at";

  @TempDir private Path directory;

  private final CanonicalValues canonical = new CanonicalValues();
  private final DeadLetterEncoder letters =
      new DeadLetterEncoder(TestEvents.catalog(), 1 << 20, "t");
  private final ExperimentDefinition checkout = definition("checkout.yaml");
  private final ExperimentDefinition landing = definition("landing.yaml");
  private final List<UserEvent> sent = new ArrayList<>();
  private final Map<String, UserEvent> byValue = new HashMap<>();
  private int unreadable;
  private ExperimentsKafkaTrial trial;

  private static ExperimentDefinition definition(String file) {
    try {
      Path path = Path.of(ExperimentsOnKafkaTest.class.getResource(file).toURI());
      return ExperimentFile.read(path, ContractCatalog.fromClassPath());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void regressionIsRolledBackOnceAndReplayDecidesTheSame() throws Exception {
    trial = new ExperimentsKafkaTrial(FLINK, KAFKA, POSTGRES, "loop", directory, ROUTE);
    trial.publish(checkout);
    trial.publish(landing);
    FlaggedUsers users =
        new FlaggedUsers("u", 1).come(checkout.effectiveFrom(), MINUTES, checkout, landing);
    long decidedAt = minimumReachedAt(users.events());
    assertThat(decidedAt).isBetween(time(6), time(MINUTES - 2));
    long middle = time(4);

    send(users, Long.MIN_VALUE, middle);
    trial.start(2);
    trial.awaitConsumed(records());
    failWhileDeciding(users, middle, decidedAt + MINUTE);
    trial.awaitConsumed(records());
    assertRollback(decidedAt);
    ExperimentDefinition second = awaitSecondVersion(decidedAt);

    trial.awaitDefinitions(3);
    FlaggedUsers later = new FlaggedUsers("v", 2).come(second.effectiveFrom(), 4, second, landing);
    for (int i = 0; i < 20; i++) {
      later.comeAgain("u" + i, second.effectiveFrom() + i * 1000, second);
    }
    send(later, Long.MIN_VALUE, Long.MAX_VALUE);
    trial.send(1, KafkaBroker.bytes(List.of("no record", "neither")));
    unreadable += 2;
    trial.awaitConsumed(records());
    assertCounted(second);
    assertLedger();
    assertOutputs(second);
    assertThat(decisionsOfTable())
        .contains("checkout/1 %s rollback".formatted(Instant.ofEpochMilli(decidedAt)))
        .anyMatch(decision -> decision.startsWith("checkout/2"))
        .anyMatch(decision -> decision.startsWith("landing/1") && decision.endsWith("review"));

    assertReplay(second);
  }

  private static long time(int minutes) {
    return TestEvents.NOON + minutes * MINUTE;
  }

  private int records() {
    return sent.size() + unreadable;
  }

  /** The end of the first minute with so many units as the policy asks for. */
  private long minimumReachedAt(List<UserEvent> events) {
    long minute = 1;
    while (phaseOne(inOrder(events), time((int) minute)).units("control")
            + phaseOne(inOrder(events), time((int) minute)).units("treatment")
        < checkout.policy().minimumUnits()) {
      minute++;
    }
    return time((int) minute);
  }

  private PlainPhase phaseOne(List<UserEvent> events, long to) {
    return new PlainPhase("checkout", checkout.effectiveFrom(), to, events);
  }

  private static List<UserEvent> inOrder(List<UserEvent> events) {
    return events.stream().sorted(Comparator.comparingLong(UserEvent::time)).toList();
  }

  /** Sends what happened in that time, somewhat out of order, all of a user to one partition. */
  private void send(FlaggedUsers users, long from, long to) {
    Random late = new Random(from);
    Map<UserEvent, Long> turns = new HashMap<>();
    users.events().forEach(event -> turns.put(event, event.time() + late.nextLong(DISORDER)));
    List<UserEvent> now =
        users.events().stream()
            .filter(event -> event.time() >= from && event.time() < to)
            .sorted(Comparator.comparingLong(turns::get))
            .toList();
    Map<Integer, List<byte[]>> partitions = new TreeMap<>();
    for (UserEvent event : now) {
      byte[] value = canonical.of(event.event("e" + sent.size()), event.time());
      byValue.put(new String(value, ISO_8859_1), event);
      sent.add(event);
      partitions.computeIfAbsent(partition(event.user()), p -> new ArrayList<>()).add(value);
    }
    partitions.forEach(trial::send);
    refuse(users.refused().stream().filter(e -> e.time() >= from && e.time() < to).toList());
  }

  private static int partition(String user) {
    return Math.floorMod(user.hashCode(), ExperimentsKafkaTrial.PARTITIONS);
  }

  /** Writes dead letters as ingest does. */
  private void refuse(List<UserEvent> exposures) {
    List<byte[]> values = new ArrayList<>();
    for (UserEvent exposure : exposures) {
      TestEvents raw = exposure.event("r" + exposure.user()).arrived(exposure.time());
      DeadLetter letter =
          new DeadLetter(
              "validate",
              Failure.RULE_VIOLATION,
              "refused",
              "experiment_exposed",
              raw.jsonRecord());
      values.add(letters.encode(letter, SchemaRegistry.NO_ID));
    }
    trial.send(ExperimentsKafkaTrial.DEAD_LETTERS, 0, values);
  }

  /** The decision is written and not committed when all TaskManagers die. */
  private void failWhileDeciding(FlaggedUsers users, long from, long to) throws Exception {
    int committed = trial.committed(ExperimentsKafkaTrial.DECISIONS).size();
    long decisions = trial.written(ExperimentsKafkaTrial.DECISIONS);
    long assignments = trial.written(ExperimentsKafkaTrial.ASSIGNMENTS);
    send(users, from, to);
    trial.awaitWritten(ExperimentsKafkaTrial.DECISIONS, decisions);
    trial.awaitWritten(ExperimentsKafkaTrial.ASSIGNMENTS, assignments);
    assertThat(trial.committed(ExperimentsKafkaTrial.DECISIONS))
        .as("what was written is lost with the failure")
        .hasSize(committed);
    assertThat(trial.restarts()).isZero();
    trial.killTaskManagers();
    assertThat(trial.restarts()).as("the fault fired").isPositive();
  }

  private void assertRollback(long decidedAt) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              trial.checkpoint();
              assertThat(
                      trial.query(
                          "select decided_at, variant from experiment_decisions where experiment = 'checkout' and decision = 'rollback'"))
                  .containsExactly(
                      Map.of("decided_at", new Timestamp(decidedAt), "variant", "treatment"));
            });
  }

  /** All weight on the baseline, two minutes after the last that may have been counted. */
  private ExperimentDefinition awaitSecondVersion(long decidedAt) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              trial.checkpoint();
              assertThat(
                      trial.query(
                          "select from experiment_promotions where published_at is not null"))
                  .hasSize(1);
            });
    assertVersions();
    ConsumerRecord<byte[], byte[]> record =
        trial.committed(ExperimentsKafkaTrial.DEFINITIONS).get(2);
    ExperimentDefinition second = DefinitionJson.read(new String(record.value(), UTF_8));
    assertThat(second.effectiveFrom()).isBetween(decidedAt + LEAD, decidedAt + MINUTE + LEAD);
    assertThat(second.phase()).isEqualTo(2);
    assertThat(second.design().allocation().variants().toString())
        .contains("name=control, weight=100", "name=treatment, weight=0");
    return second;
  }

  private void assertVersions() {
    assertThat(trial.committed(ExperimentsKafkaTrial.DEFINITIONS))
        .extracting(record -> new String(record.key(), UTF_8))
        .containsExactly("checkout/1", "landing/1", "checkout/2");
    assertThat(
            trial.query(
                "select experiment, from_version, to_version, verdict, lost_because from experiment_promotions"))
        .singleElement()
        .hasToString(
            "{experiment=checkout, from_version=1, to_version=2, verdict=rollback, lost_because=null}");
  }

  private List<PlainPhase> phases(ExperimentDefinition second, List<UserEvent> all) {
    List<UserEvent> goals =
        all.stream().filter(event -> event.kind() != UserEvent.Kind.ORDER).toList();
    return List.of(
        phaseOne(all, second.effectiveFrom()),
        new PlainPhase("checkout", second.effectiveFrom(), Long.MAX_VALUE, all),
        new PlainPhase("landing", landing.effectiveFrom(), Long.MAX_VALUE, goals));
  }

  /** Scorecards and health are those of plain loops over what was sent. */
  private void assertCounted(ExperimentDefinition second) {
    List<PlainPhase> phases = phases(second, inOrder(sent));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertHealth("checkout", 1, "crossover", phases.get(0));
              assertHealth("checkout", 2, "one_variant", phases.get(1));
              assertHealth("landing", 1, mismatch(), phases.get(2));
            });
    for (int phase = 1; phase <= 2; phase++) {
      assertScores(phase, phases.get(phase - 1), "control");
      assertScores(phase, phases.get(phase - 1), "treatment");
    }
    assertThat(phases.get(1).units("control")).isGreaterThan(200);
    assertThat(phases.get(1).units("treatment")).isZero();
    assertEffect(phases.get(0));
  }

  private String mismatch() {
    return "sample_ratio_mismatch: rule_violation refused %d exposures of new".formatted(refused());
  }

  private long refused() {
    return trial.committed(ExperimentsKafkaTrial.DEAD_LETTERS).stream()
        .filter(
            record ->
                record.partition() == 0
                    && new String(record.value(), UTF_8).contains("experiment_exposed"))
        .count();
  }

  private void assertHealth(String experiment, int phase, String status, PlainPhase expected) {
    Map<String, Object> all = expected.health();
    all.put("status", status);
    assertThat(
            trial.query(
                "select units, units_in_several_variants, outcomes_before_exposure, units_with_outcome_never_exposed, invalid_exposures, status from experiment_health where experiment = '%s' and phase = %d"
                    .formatted(experiment, phase)))
        .as("%s, phase %d", experiment, phase)
        .containsExactly(all);
  }

  private Map<String, Object> score(int phase, String metric, String variant) {
    List<Map<String, Object>> rows =
        trial.query(
            "select units, total, mean, effect from experiment_scorecards where experiment = 'checkout' and phase = %d and metric = '%s' and variant = '%s'"
                .formatted(phase, metric, variant));
    assertThat(rows).as("%s of %s in phase %d", metric, variant, phase).hasSize(1);
    return rows.get(0);
  }

  private void assertScores(int phase, PlainPhase expected, String variant) {
    assertScore(score(phase, "buys", variant), expected.units(variant), expected.buyers(variant));
    assertScore(score(phase, "spends", variant), expected.units(variant), expected.spent(variant));
  }

  private static void assertScore(Map<String, Object> row, long units, long total) {
    assertThat(row).containsEntry("units", units);
    if (units > 0) {
      assertThat((Double) row.get("total")).isEqualTo(total);
      assertThat((Double) row.get("mean")).isCloseTo((double) total / units, NUMBER);
    }
  }

  private void assertEffect(PlainPhase phase) {
    double control = (double) phase.buyers("control") / phase.units("control");
    double treatment = (double) phase.buyers("treatment") / phase.units("treatment");
    assertThat((Double) score(1, "buys", "treatment").get("effect"))
        .isCloseTo(treatment - control, NUMBER);
  }

  private void assertLedger() {
    assertThat(
            trial.query(
                "select * from ledger where consumed <> accepted + duplicate + late + dead_letter"))
        .isEmpty();
    assertThat(trial.total("consumed")).isEqualTo(records());
    assertThat(trial.total("accepted")).isEqualTo(sent.size());
    assertThat(trial.total("dead_letter")).isEqualTo(unreadable);
    assertThat(
            trial.query(
                "select experiment, phase, variant, failure, events from experiment_exposure_drops"))
        .singleElement()
        .hasToString(
            "{experiment=landing, phase=1, variant=new, failure=rule_violation, events=%d}"
                .formatted(refused()));
  }

  private void assertOutputs(ExperimentDefinition second) throws Exception {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              trial.checkpoint();
              assertThat(told(ExperimentsKafkaTrial.DECISIONS, "decided_at", "decision"))
                  .containsExactlyInAnyOrderElementsOf(decisionsOfTable());
            });
    assertThat(told(ExperimentsKafkaTrial.ASSIGNMENTS, "unit", "variant"))
        .containsExactlyInAnyOrderElementsOf(assignments(second));
    assertThat(routed()).containsExactlyInAnyOrderElementsOf(toBeRouted(second));
    assertThat(trial.committed(ExperimentsKafkaTrial.DEAD_LETTERS))
        .hasSize((int) refused() + unreadable);
  }

  private List<String> told(String topic, String... fields) throws IOException {
    List<String> told = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : trial.committed(topic)) {
      JsonNode json = JSON.readTree(record.value());
      told.add(
          "%s/%s %s %s"
              .formatted(
                  json.get("experiment").textValue(),
                  json.get("phase"),
                  json.get(fields[0]).textValue(),
                  json.get(fields[1]).textValue()));
    }
    return told;
  }

  private List<String> decisionsOfTable() {
    return trial.query(DECISIONS).stream()
        .map(
            row ->
                "%s/%s %s %s"
                    .formatted(
                        row.get("experiment"),
                        row.get("phase"),
                        ((Timestamp) row.get("decided_at")).toInstant(),
                        row.get("decision")))
        .toList();
  }

  /** Each unit once in each phase, under that which came in first of what it saw. */
  private List<String> assignments(ExperimentDefinition second) {
    List<PlainPhase> phases = phases(second, sent);
    List<String> names = List.of("checkout/1", "checkout/2", "landing/1");
    List<String> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      phases.get(i).entered().forEach((user, arm) -> all.add(name + " " + user + " " + arm));
    }
    return all;
  }

  private List<UserEvent> routed() {
    return trial.committed(ExperimentsKafkaTrial.ROUTE + ROUTE).stream()
        .map(record -> byValue.get(new String(record.value(), ISO_8859_1)))
        .toList();
  }

  /** Orders of users to whom the flag gave the treatment when they ordered. */
  private List<UserEvent> toBeRouted(ExperimentDefinition second) {
    List<UserEvent> routed =
        sent.stream()
            .filter(event -> event.kind() == UserEvent.Kind.ORDER)
            .filter(event -> event.time() >= checkout.effectiveFrom())
            .filter(
                event -> {
                  boolean isFirst = event.time() < second.effectiveFrom();
                  ExperimentDefinition acting = isFirst ? checkout : second;
                  return FlaggedUsers.variant(acting, event.user()).equals("treatment");
                })
            .toList();
    assertThat(routed).isNotEmpty().allMatch(event -> event.time() < second.effectiveFrom());
    return routed;
  }

  /** The same topics by another group, as another run that acts on nothing. */
  private void assertReplay(ExperimentDefinition second) throws Exception {
    trial.cancel();
    List<Map<String, Object>> rows = trial.query(DECISIONS);
    List<String> live = decisions();
    assertThat(live).as("the topic holds what the table does").hasSameSizeAs(rows);
    trial.start(1, "experiments.promote=false");
    trial.awaitConsumed(records());
    List<String> twice = new ArrayList<>(live);
    twice.addAll(live);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              trial.checkpoint();
              assertThat(decisions()).containsExactlyInAnyOrderElementsOf(twice);
            });
    assertThat(trial.query(DECISIONS)).as("decisions stay").isEqualTo(rows);
    assertVersions();
    assertCounted(second);
  }

  /**
   * Decisions of the topic with their evidence; reasons may tell of dead letters, which have no
   * time.
   */
  private List<String> decisions() throws IOException {
    List<String> decisions = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : trial.committed(ExperimentsKafkaTrial.DECISIONS)) {
      ObjectNode decision = (ObjectNode) JSON.readTree(record.value());
      decision.remove("reason");
      decisions.add(decision.toString());
    }
    return decisions;
  }
}
