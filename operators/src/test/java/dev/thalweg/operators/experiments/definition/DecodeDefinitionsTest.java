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
