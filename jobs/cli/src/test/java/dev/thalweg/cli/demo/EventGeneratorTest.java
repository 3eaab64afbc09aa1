package dev.thalweg.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventGeneratorTest {

  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();
  private static final PlantedExperiments EXPERIMENTS =
      PlantedExperiments.read(Path.of(System.getenv("THALWEG_ROOT")), CATALOG);
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final long EVENTS = 20_000;

  private static EventGenerator generator(long events, long seed) {
    return new EventGenerator(DemoPlan.of(events, seed, NOW), CATALOG, EXPERIMENTS);
  }

  private static String fingerprint(EventGenerator generator) throws NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    generator.forEachRemaining(
        record -> {
          sha.update(record.key() == null ? new byte[] {0} : record.key());
          sha.update(record.value());
        });
    return HexFormat.of().formatHex(sha.digest());
  }

  @Test
  void sameSeedMakesTheSameBytes() throws NoSuchAlgorithmException {
    String first = fingerprint(generator(5_000, 7));

    assertThat(fingerprint(generator(5_000, 7))).isEqualTo(first);
    assertThat(fingerprint(generator(5_000, 8))).isNotEqualTo(first);
  }

  @Test
  void truthIsWhatThePipelinesRulesSay() {
    EventGenerator generator = generator(EVENTS, 11);
    Judge judge = new Judge(CATALOG, NOW.toEpochMilli());
    generator.forEachRemaining(record -> judge.judge(record.value()));
    Truth truth = generator.truth();

    assertThat(truth.consumed()).isEqualTo(EVENTS);
    assertThat(truth.accepted() + truth.duplicate() + truth.deadLetter()).isEqualTo(EVENTS);
    assertThat(truth.acceptedByType()).isEqualTo(judge.accepted());
    assertThat(truth.duplicate()).isEqualTo(judge.duplicates());
    for (Failure failure : Failure.values()) {
      assertThat(truth.deadLetters(failure))
          .as(failure.label())
          .isEqualTo(judge.deadLetters(failure));
    }
    assertThat(truth.acceptedIds()).isEqualTo(judge.ids());
    assertThat(truth.acceptedIds().count()).isEqualTo(truth.accepted());
  }

  @Test
  void plantsEveryFailureOfIngestAndEveryEventType() {
    EventGenerator generator = generator(EVENTS, 3);
    generator.forEachRemaining(record -> {});
    Truth truth = generator.truth();

    assertThat(truth.deadLettersByFailure().keySet())
        .isEqualTo(EnumSet.range(Failure.SIZE_VIOLATION, Failure.RULE_VIOLATION));
    assertThat(truth.deadLettersByFailure().get(Failure.SIZE_VIOLATION)).isLessThanOrEqualTo(3);
    assertThat(truth.acceptedByType()).hasSize(8);
    assertThat(truth.duplicate()).isBetween(EVENTS / 100, EVENTS / 25);
    assertThat(truth.deadLetter() - refusedExposures(truth)).isBetween(EVENTS / 200, EVENTS / 50);
  }

  @Test
  void eventsAreOfTheDayBeforeNowAndOutOfOrder() {
    EventGenerator generator = generator(EVENTS, 5);
    Judge judge = new Judge(CATALOG, NOW.toEpochMilli());
    generator.forEachRemaining(record -> judge.judge(record.value()));

    assertThat(judge.earliest())
        .isBetween(NOW.minus(Duration.ofHours(25)), NOW.minus(Duration.ofHours(23)));
    assertThat(judge.latest()).isBetween(NOW.minus(Duration.ofHours(3)), NOW);
    assertThat(judge.greatestLateness()).isBetween(Duration.ofHours(1), Duration.ofHours(5));
  }

  @Test
  void enrichedAreTheEventsOfUsersWithProfile() {
    DemoPlan plan = DemoPlan.of(EVENTS, 13, NOW);
    Set<String> profiled = new HashSet<>();
    new ProfileGenerator(plan, CATALOG)
        .profiles()
        .forEachRemaining(profile -> profiled.add(key(profile)));
    EventGenerator generator = new EventGenerator(plan, CATALOG, EXPERIMENTS);
    Judge judge = new Judge(CATALOG, NOW.toEpochMilli());
    generator.forEachRemaining(record -> judge.judge(record.value()));

    long expected =
        judge.acceptedByUser().entrySet().stream()
            .filter(entry -> profiled.contains(entry.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    assertThat(generator.truth().enriched()).isEqualTo(expected).isPositive();
  }

  @Test
  void usersFollowPowerLaw() {
    Map<String, Integer> counts = new HashMap<>();
    EventGenerator generator = generator(EVENTS, 17);
    generator.forEachRemaining(record -> counts.merge(key(record), 1, Integer::sum));

    // With equal shares none of the 400 users would have more than some hundred.
    assertThat(counts).hasSizeGreaterThan(400);
    assertThat(Collections.max(counts.values())).isGreaterThan(600);
  }

  @Test
  void badAndDuplicateEventsCanBeLeftOut() {
    DemoPlan plan = new DemoPlan(5_000, 1, NOW, Duration.ofHours(1), 100, 0, 0);
    EventGenerator generator = new EventGenerator(plan, CATALOG, EXPERIMENTS);
    generator.forEachRemaining(record -> {});

    assertThat(generator.truth().accepted()).isEqualTo(5_000);
    assertThat(generator.truth().deadLetter()).isZero();
    assertThatThrownBy(generator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void faultyClientsOfOneExperimentLoseMostOfTreatmentsUnits() {
    EventGenerator generator = generator(EVENTS, 19);
    Judge judge = new Judge(CATALOG, NOW.toEpochMilli());
    generator.forEachRemaining(record -> judge.judge(record.value()));
    Map<String, Set<String>> units = judge.usersByExposure();

    // Of 400 users some 300 come; half of them are in each arm, and a quarter of one is left.
    assertThat(units.keySet())
        .containsExactlyInAnyOrder(
            "new_checkout control",
            "new_checkout treatment",
            "search_ranking control",
            "search_ranking treatment");
    assertThat(units.get("new_checkout control")).hasSizeBetween(120, 200);
    assertThat(units.get("new_checkout treatment")).hasSizeBetween(120, 200);
    assertThat(units.get("search_ranking control")).hasSizeBetween(120, 200);
    assertThat(units.get("search_ranking treatment")).hasSizeBetween(15, 65);
    assertThat(judge.usersOfSeveralVariants()).isEmpty();
    assertThat(refusedExposures(generator.truth())).isBetween(EVENTS / 60, EVENTS / 25);
  }

  @Test
  void treatmentOfTheOtherMakesMoreOrders() {
    EventGenerator generator = generator(5 * EVENTS, 23);
    Judge judge = new Judge(CATALOG, NOW.toEpochMilli());
    generator.forEachRemaining(record -> judge.judge(record.value()));

    double control = judge.shareOfBuyers("new_checkout control");
    assertThat(judge.shareOfBuyers("new_checkout treatment")).isGreaterThan(1.25 * control);
    assertThat(judge.shareOfBuyers("search_ranking control")).isBetween(0.45, 0.7);
    assertThat(judge.shareOfBuyers("search_ranking treatment")).isBetween(0.4, 0.75);
  }

  @Test
  void variantsAreThoseOfTheDefinitionsAllocation() {
    var assignment = EXPERIMENTS.withEffect().design().allocation().assignment();
    EventGenerator generator = generator(EVENTS, 29);
    Judge judge = new Judge(CATALOG, NOW.toEpochMilli());
    generator.forEachRemaining(record -> judge.judge(record.value()));

    assertThat(judge.usersByExposure().get("new_checkout control"))
        .allMatch(user -> assignment.arm(user) == 0);
    assertThat(judge.usersByExposure().get("new_checkout treatment"))
        .allMatch(user -> assignment.arm(user) == 1);
  }

  private static long refusedExposures(Truth truth) {
    return truth.deadLetters(Failure.SCHEMA_VIOLATION).getOrDefault("experiment_exposed", 0L);
  }

  private static String key(OutgoingRecord record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }
}
