package dev.thalweg.operators.experiments.drops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.DeadLetterEncoder;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.AttributionTypes;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.selection.Experiments;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.operators.testkit.TwoInputHarness;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exposures are found among dead letters however broken they are, and nothing else is. */
final class JoinDeadLettersTest {
  private static final long NOON = TestEvents.NOON;
  private static final long HOUR = 3_600_000;
  private static final int MAX_BYTES = 1000;
  private static final ExperimentDefinition X = Experiments.of("x").build();
  private static final DeadLetterEncoder ENCODER =
      new DeadLetterEncoder(TestEvents.catalog(), 1 << 20, "test");

  private static TwoInputHarness<RawRecord, ExperimentDefinition, PhaseDelta> opened(
      ExperimentDefinition... definitions) throws Exception {
    return plan().open().second(definitions).secondIdle();
  }

  private static TwoInputHarness.Plan<RawRecord, ExperimentDefinition, PhaseDelta> plan() {
    DropsConfig config = new DropsConfig(MAX_BYTES, Duration.ofSeconds(1));
    return TwoInputHarness.of(
        () -> new JoinDeadLetters(ContractCatalog::fromClassPath, null, config),
        AttributionTypes.PHASE_DELTA);
  }

  private static TestEvents exposed(String variant) {
    return TestEvents.event("experiment_exposed").with("experiment", "x").with("variant", variant);
  }

  /** A dead letter of that record, which came in at noon. */
  private static RawRecord letter(Failure failure, byte[] value, int schemaId) {
    RawRecord raw = new RawRecord(null, value, new Origin("events.raw", 0, 5, NOON));
    DeadLetter letter = new DeadLetter("decode", failure, "why", DeadLetter.UNKNOWN, raw);
    return new RawRecord(
        null, ENCODER.encode(letter, schemaId), new Origin("events.dead-letter", 0, 7, NOON + 3));
  }

  private static RawRecord letter(Failure failure, byte[] value) {
    return letter(failure, value, SchemaRegistry.NO_ID);
  }

  private static RawRecord json(Failure failure, String value) {
    return letter(failure, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Phase, failure and counts by arm, of what is sent before a barrier. */
  private static List<String> told(
      TwoInputHarness<RawRecord, ExperimentDefinition, PhaseDelta> join) throws Exception {
    join.snapshot();
    List<String> told = new ArrayList<>();
    for (PhaseDelta delta : join.drain()) {
      assertThat(delta.latestArrival()).isEqualTo(NOON);
      assertThat(delta.minutes()).isEmpty();
      for (String failure : delta.drops().failures()) {
        long[] arms = delta.drops().of(failure);
        told.add(
            "%s/%d %s %d %d of %d"
                .formatted(
                    delta.shape().experiment(),
                    delta.shape().phase(),
                    failure,
                    arms[0],
                    arms[1],
                    delta.events()));
      }
    }
    return told;
  }

  @Test
  void exposuresAreCountedByPhaseArmAndFailure() throws Exception {
    ExperimentDefinition next =
        Experiments.of("x").version(2).acts(NOON + HOUR, NOON + 2 * HOUR).build();
    try (var join = opened(X, next, Experiments.of("y").build())) {
      join.first(
          letter(Failure.RULE_VIOLATION, exposed("treatment").avro()),
          json(Failure.SCHEMA_VIOLATION, exposed("treatment").json()),
          letter(Failure.RULE_VIOLATION, exposed("treatment").avro(), 42),
          json(Failure.RULE_VIOLATION, exposed("control").json()),
          json(Failure.RULE_VIOLATION, exposed("control").with("experiment", "y").json()),
          json(Failure.RULE_VIOLATION, exposed("control").at(NOON + HOUR).json()),
          json(Failure.RULE_VIOLATION, exposed("control").at(NOON + 2 * HOUR).json()));
      assertThat(join.drain()).isEmpty();
      assertThat(told(join))
          .containsExactly(
              "x/1 rule_violation 1 2 of 4",
              "x/1 schema_violation 0 1 of 4",
              "y/1 rule_violation 1 0 of 1",
              "x/2 rule_violation 1 0 of 1");
      assertThat(told(join)).as("each once").isEmpty();
      assertThat(join.counter("exposures_dropped")).isEqualTo(6);
      assertThat(join.counter("letters_passed_over")).as("after the stop").isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'event_type':'experiment_exposed','experiment':'x','variant':'treatment'}",
        "{'event_type':'experiment_exposed','experiment':'x','variant':'treatment','a':NaN}",
        "{'event_type':'experiment_exposed','experiment':'x','variant':'treatment',",
        "{'a':{'experiment':['y']},'variant':'treatment','variant':'control',"
            + "'event_type':'experiment_exposed','experiment':'x'} and more",
        "{'event_type':'experiment_exposed','experiment':'x','variant':'treatment',"
            + "'event_time':'yesterday'}",
        "{'event_type':'experiment_exposed','experiment':'x','variant':'treatment',"
            + "'event_time':'2026-11-01T13:00:00+01:00'}",
        "{'event_type':'experiment_exposed','experiment':'x','variant':'treatment',"
            + "'event_time':1e3}",
      })
  void brokenJsonIsReadAsFarAsItGoes(String json) throws Exception {
    try (var join = opened(X)) {
      join.first(json(Failure.UNREADABLE, json.replace('\'', '"')));
      assertThat(told(join)).containsExactly("x/1 unreadable 0 1 of 1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "nonsense",
        "{'event_type':'experiment_exposed','experiment':'x'}",
        "{'event_type':'experiment_exposed','experiment':'x','variant':null}",
        "{'event_type':'experiment_exposed','experiment':'x','variant':'third'}",
        "{'event_type':'experiment_exposed','experiment':'unknown','variant':'treatment'}",
        "{'event_type':'goal_reached','experiment':'x','variant':'treatment'}",
        "{'experiment':'x','variant':'treatment'}",
        "{'event_type':'experiment_exposed','experiment':'x','variant':'treatment',"
            + "'event_time':1000}",
      })
  void whatNamesNoArmOfARunningExperimentIsPassedOver(String json) throws Exception {
    try (var join = opened(X)) {
      join.first(json(Failure.UNREADABLE, json.replace('\'', '"')));
      assertThat(told(join)).isEmpty();
      assertThat(join.counter("letters_passed_over")).isOne();
    }
  }

  @Test
  void variantOfAWrongTypeIsTheVariant() throws Exception {
    try (var join = opened(X, Experiments.of("y").build())) {
      String json = exposed("treatment").with("experiment", true).json().replace("true", "'x'");
      join.first(json(Failure.SCHEMA_VIOLATION, json.replace('\'', '"')));
      assertThat(told(join)).containsExactly("x/1 schema_violation 0 1 of 1");
    }
    assertThat(RefusedJson.read("{\"variant\":1}".getBytes(StandardCharsets.UTF_8), 13).variant())
        .isEqualTo("1");
  }

  @Test
  void timeThatWasTheReasonIsNotBelieved() throws Exception {
    try (var join = opened(X)) {
      byte[] early = exposed("treatment").at(1000).avro();
      join.first(letter(Failure.TIME_VIOLATION, early), letter(Failure.RULE_VIOLATION, early));
      assertThat(told(join)).containsExactly("x/1 time_violation 0 1 of 1");
    }
  }

  @Test
  void longRecordIsReadFromItsBeginning() throws Exception {
    String start = exposed("treatment").json().replaceAll("}$", ",\"a\":\"");
    String end = ",\"x\":\"" + "a".repeat(2 * MAX_BYTES) + "\"," + exposed("control").json();
    try (var join = opened(X)) {
      join.first(
          json(Failure.SIZE_VIOLATION, start + "a".repeat(2 * MAX_BYTES) + "\"}"),
          json(Failure.SIZE_VIOLATION, "{\"a\":1" + end.replaceFirst("\\{", "")));
      assertThat(told(join)).containsExactly("x/1 size_violation 0 1 of 1");
    }
  }

  @Test
  void anyBytesArePassedOver() throws Exception {
    Random random = new Random(3);
    int letters = 0;
    try (var join = opened(X)) {
      byte[] good = letter(Failure.RULE_VIOLATION, exposed("treatment").avro()).value();
      for (int i = 0; i < 2000; i++) {
        byte[] bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        byte[] cut = Arrays.copyOf(good, random.nextInt(good.length));
        join.first(
            new RawRecord(null, bytes, new Origin("t", 0, i, NOON)),
            new RawRecord(null, cut, new Origin("t", 0, i, NOON)),
            letter(Failure.UNREADABLE, bytes));
        letters += 3;
      }
      join.first(new RawRecord(null, null, new Origin("t", 0, 0, NOON)));
      assertThat(told(join)).isEmpty();
      assertThat(join.counter("letters_passed_over")).isEqualTo(letters + 1);
    }
  }

  @Test
  void lettersThatWereFedAgainWereCountedBefore() throws Exception {
    RawRecord first = letter(Failure.RULE_VIOLATION, exposed("treatment").avro());
    byte[] again = first.value().clone();
    assertThat(again[again.length - 1]).as("attempt 0, in Avro").isZero();
    again[again.length - 1] = 2;
    try (var join = opened(X)) {
      join.first(first, new RawRecord(null, again, first.origin()));
      assertThat(told(join)).containsExactly("x/1 rule_violation 0 1 of 1");
      assertThat(join.counter("letters_passed_over")).isOne();
    }
  }

  @Test
  void lettersWaitForDefinitionsAlsoThroughAFailure() throws Exception {
    RawRecord letter = letter(Failure.RULE_VIOLATION, exposed("treatment").avro());
    var before = plan().open();
    before.first(letter);
    var snapshot = before.snapshot();
    assertThat(before.drain()).isEmpty();
    before.close();
    try (var join = plan().restore(snapshot)) {
      join.second(X).first(letter);
      assertThat(told(join)).isEmpty();
      join.secondIdle();
      assertThat(told(join)).containsExactly("x/1 rule_violation 0 2 of 2");
    }
  }
}
