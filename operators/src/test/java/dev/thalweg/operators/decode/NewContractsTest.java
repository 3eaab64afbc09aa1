package dev.thalweg.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractSource.ContractFile;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.testkit.TestContractFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.BroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Contracts that come while the job runs. */
final class NewContractsTest {
  private static final ContractFile V1 = bill(1, "{'name': 'amount', 'type': 'int'}", "");
  private static final ContractFile V2 =
      bill(
          2,
          "{'name': 'amount', 'type': 'int'}, {'name': 'note', 'type': 'string', 'default': ''}",
          "");
  private static final CatalogFactory FIRST = () -> catalog(V1);
  private static final DecodeConfig CONFIG = new DecodeConfig(4096, false);

  private static ContractFile bill(int version, String attributes, String properties) {
    return TestContractFiles.event("bill", version, attributes, properties);
  }

  private static ContractCatalog catalog(ContractFile... files) {
    return ContractCatalog.load(() -> List.of(files));
  }

  private static RawRecord event(int version) {
    String json =
        """
        {"event_type": "bill", "contract_version": %d, "event_id": "e", "event_time": 5,
         "user_id": "u", "amount": 7}
        """
            .formatted(version);
    return TestEvents.event("bill").record(json.getBytes(StandardCharsets.UTF_8));
  }

  private static BroadcastOperatorTestHarness<RawRecord, ContractFile, Message> decoders(
      CatalogFactory catalog, long run, int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    var operator =
        new CoBroadcastWithNonKeyedOperator<>(
            new DecodeEventsByNewContracts(catalog, CONFIG, run),
            List.of(DecodeState.newContracts()));
    var harness = new BroadcastOperatorTestHarness<>(operator, 720, parallelism, subtask);
    harness.setup(MessageTypes.MESSAGE.createSerializer(new SerializerConfigImpl()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static Message decode(
      BroadcastOperatorTestHarness<RawRecord, ContractFile, Message> harness, RawRecord raw)
      throws Exception {
    harness.processElement(new StreamRecord<>(raw));
    return ((StreamRecord<Message>) harness.getOutput().poll()).getValue();
  }

  private static void assertAccepted(Message message, int version) {
    assertThat(message).isInstanceOf(Event.class);
    assertThat(((Event) message).contractVersion()).isEqualTo(version);
  }

  private static void assertUnknown(Message message) {
    assertThat(message).isInstanceOf(DeadLetter.class);
    assertThat(((DeadLetter) message).failure()).isEqualTo(Failure.UNKNOWN_VERSION);
  }

  @Test
  void versionIsUnknownUntilItsContractIsTold() throws Exception {
    try (var harness = decoders(FIRST, 1, 1, 0, null)) {
      assertUnknown(decode(harness, event(2)));
      assertAccepted(decode(harness, event(1)), 1);
      harness.processBroadcastElement(new StreamRecord<>(V2));
      assertAccepted(decode(harness, event(2)), 2);
      assertAccepted(decode(harness, event(1)), 2);
    }
  }

  @Test
  void contractsLearnedSurviveASnapshotAndReachEverySubtaskOfAnotherParallelism() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = decoders(FIRST, 1, 1, 0, null)) {
      harness.processBroadcastElement(new StreamRecord<>(V2));
      snapshot = harness.snapshot(1, 1);
    }
    for (int subtask = 0; subtask < 3; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(snapshot, 720, 1, 3, subtask);
      try (var harness = decoders(FIRST, 1, 3, subtask, part)) {
        assertAccepted(decode(harness, event(2)), 2);
        harness.processBroadcastElement(new StreamRecord<>(V2));
        assertAccepted(decode(harness, event(2)), 2);
      }
    }
  }

  @Test
  void laterRunForgetsWhatAnEarlierOneFound() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = decoders(FIRST, 1, 1, 0, null)) {
      harness.processBroadcastElement(new StreamRecord<>(V2));
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = decoders(FIRST, 2, 1, 0, snapshot)) {
      assertUnknown(decode(harness, event(2)));
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = decoders(FIRST, 1, 1, 0, snapshot)) {
      assertUnknown(decode(harness, event(2)));
    }
  }

  @Test
  void contractOfTheStartStandsAgainstOneOfTheState() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = decoders(FIRST, 1, 1, 0, null)) {
      harness.processBroadcastElement(new StreamRecord<>(V2));
      snapshot = harness.snapshot(1, 1);
    }
    ContractFile other = bill(2, "{'name': 'amount', 'type': 'long'}", "");
    try (var harness = decoders(() -> catalog(V1, other), 1, 1, 0, snapshot)) {
      Event event = (Event) decode(harness, event(2));
      assertThat(event.contract().field("note")).isNull();
    }
  }

  @Test
  void eachNewContractIsAdmittedOnceAndWhatIsWrongIsCounted() throws Exception {
    ContractFile torn = new ContractFile("events/torn/v1.avsc", "{\"type\": \"rec");
    ContractFile ruleless =
        TestContractFiles.event(
            "rule",
            1,
            "{'name': 'a', 'type': 'int'}",
            "'rules': [{'name': 'r', 'cel': 'b > 1', 'message': 'm'}],");
    ContractFile whole = TestContractFiles.event("torn", 1, "{'name': 'a', 'type': 'int'}", "");
    ContractFile changed = bill(1, "{'name': 'amount', 'type': 'long'}", "");
    List<ContractFile> told = new ArrayList<>();
    try (var harness =
        OperatorHarness.of(
                () -> new AdmitContracts(FIRST),
                Types.LIST(MessageTypes.CONTRACT_FILE),
                MessageTypes.CONTRACT_FILE)
            .open()) {
      told.addAll(harness.process(List.of(V1, V2, torn, ruleless)).drain());
      assertThat(told).containsExactly(V2);
      assertThat(harness.counter("contracts_refused")).isEqualTo(2);
      assertThat(harness.process(List.of(V1, V2, torn, ruleless)).drain()).isEmpty();
      assertThat(harness.counter("contracts_refused")).as("said once").isEqualTo(2);
      assertThat(harness.process(List.of(V1, V2, whole, ruleless)).drain())
          .as("a file that was being written")
          .containsExactly(whole);
      assertThat(harness.process(List.of(changed, V2, whole)).drain())
          .as("nothing released ever changes")
          .isEmpty();
      assertThat(harness.counter("contracts_refused")).isEqualTo(3);
      assertThat(harness.counter("contracts_admitted")).isEqualTo(2);
    }
  }
}
