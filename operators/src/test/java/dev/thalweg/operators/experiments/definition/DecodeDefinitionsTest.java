package dev.thalweg.operators.experiments.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.testkit.OperatorHarness;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Definitions from their topic: what goes on, what is refused, what is remembered. */
final class DecodeDefinitionsTest {
  private static final ExperimentDefinition FIRST = Definitions.checkout();
  private static final ExperimentDefinition SECOND = FIRST.after(FIRST);
  private static final ExperimentDefinition OTHER =
      Definitions.with(Definitions.allocation(Bucketing.GROWTHBOOK_V2, "", 1, 9));

  private static OperatorHarness.Plan<RawRecord, ExperimentDefinition> plan() {
    return OperatorHarness.of(
        DecodeDefinitions::new, MessageTypes.RAW_RECORD, DefinitionSerializer.TYPE);
  }

  private static RawRecord record(String key, byte[] value) {
    return new RawRecord(
        key == null ? null : key.getBytes(UTF_8),
        value,
        new Origin("experiments.definitions", 0, 0, 0));
  }

  private static RawRecord record(String key, String value) {
    return record(key, value.getBytes(UTF_8));
  }

  private static RawRecord record(ExperimentDefinition definition) {
    String key = definition.experiment() + "/" + definition.version();
    return record(key, DefinitionJson.write(definition));
  }

  @Test
  void versionsGoOn() throws Exception {
    try (var decode = plan().open()) {
      assertThat(decode.process(record(SECOND), record(FIRST)).drain())
          .containsExactly(SECOND, FIRST);
      assertThat(decode.counter("definitions_refused")).isZero();
    }
  }

  @Test
  void whatIsNoDefinitionIsCountedAndTheNextOneGoesOn() throws Exception {
    String json = DefinitionJson.write(FIRST);
    List<RawRecord> wrong =
        List.of(
            record("checkout/1", (byte[]) null),
            record(null, (byte[]) null),
            record("checkout/1", ""),
            record("checkout/1", "{"),
            record("checkout/1", "[".repeat(100_000)),
            record("checkout/1", json.substring(0, json.length() / 2)),
            record("checkout/1", json + json),
            record("checkout/1", json.replace("\"unit\"", "\"units\"")),
            record("checkout/1", new byte[] {'{', (byte) 0xC3, '}'}),
            record("checkout/2", json),
            record("checkout/01", json),
            record("checkout", json),
            record("other\n/1", json),
            record("k".repeat(10_000), json),
            record(null, json));
    try (var decode = plan().open()) {
      for (RawRecord each : wrong) {
        decode.process(each);
      }
      assertThat(decode.drain()).isEmpty();
      assertThat(decode.counter("definitions_refused")).isEqualTo(wrong.size());
      assertThat(decode.process(record(FIRST)).drain()).containsExactly(FIRST);
    }
  }

  @Test
  void versionStaysAsItWasToldFirst() throws Exception {
    try (var decode = plan().open()) {
      decode.process(record(FIRST), record(OTHER), record(FIRST), record(OTHER));
      assertThat(decode.drain()).containsExactly(FIRST, FIRST);
      assertThat(decode.counter("definitions_refused")).isEqualTo(2);
    }
  }

  private static ExperimentDefinition version(int number, int phase, long from, long stop) {
    return version(number, phase, from, stop, FIRST.design());
  }

  private static ExperimentDefinition version(
      int number, int phase, long from, long stop, Design design) {
    return new ExperimentDefinition(
        FIRST.experiment(),
        number,
        phase,
        FIRST.owner(),
        from,
        stop,
        design,
        FIRST.guardrails(),
        FIRST.statistics(),
        FIRST.policy());
  }

  @Test
  void versionThatDoesNotFollowTheOnesToldIsRefused() throws Exception {
    long from = FIRST.effectiveFrom();
    long stop = FIRST.stop();
    Design other = OTHER.design();
    List<ExperimentDefinition> wrong =
        List.of(
            version(2, 2, from + 1, stop),
            version(2, 1, from + 1, stop, other),
            version(2, 1, from - 1, stop),
            version(2, 2, from, stop, other),
            version(2, 1, stop, stop + 9),
            version(2, 1, stop + 1, stop + 9),
            version(3, 1, from, stop, other),
            version(4, 1, from - 1, stop));
    try (var decode = plan().open()) {
      decode.process(record(FIRST));
      for (ExperimentDefinition each : wrong) {
        decode.process(record(each));
        assertThat(decode.drain()).as("%s", each).doesNotContain(each);
      }
      assertThat(decode.counter("definitions_refused")).isEqualTo(wrong.size());
    }
  }

  @Test
  void versionThatFollowsGoesOnAlsoWhereOthersAreMissing() throws Exception {
    long from = FIRST.effectiveFrom();
    long stop = FIRST.stop();
    List<ExperimentDefinition> right =
        List.of(
            FIRST,
            version(2, 1, from, stop),
            version(3, 2, from + 1, stop, OTHER.design()),
            version(4, 3, stop, stop + 9, OTHER.design()),
            version(9, 5, stop + 2, stop + 9),
            version(8, 4, stop + 1, stop + 9, OTHER.design()));
    try (var decode = plan().open()) {
      for (ExperimentDefinition each : right) {
        decode.process(record(each));
      }
      assertThat(decode.drain()).containsExactlyElementsOf(right);
      decode.process(record(version(7, 6, stop + 1, stop + 9)));
      assertThat(decode.drain()).as("a later one was told, of an earlier phase").isEmpty();
    }
  }

  @Test
  void versionStaysAfterARestoreToo() throws Exception {
    OperatorSubtaskState snapshot;
    try (var decode = plan().open()) {
      snapshot = decode.process(record(FIRST), record(SECOND)).snapshot();
      decode.process(record(SECOND.after(SECOND)));
    }
    for (var decode : plan().rescale(1, snapshot)) {
      decode.process(record(OTHER), record(SECOND));
      assertThat(decode.drain()).containsExactly(SECOND);
      assertThat(decode.counter("definitions_refused")).isOne();
      snapshot = decode.snapshot();
      decode.close();
    }
    try (var decode = plan().restore(snapshot)) {
      assertThat(decode.process(record(OTHER)).drain()).isEmpty();
    }
  }
}
