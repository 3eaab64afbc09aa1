package dev.thalweg.jobs.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.schemas.ContractCatalog;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same events give the same scorecards, health, decisions and routes: in whatever order they
 * come within the disorder, on however many subtasks, through a failure, and across savepoints.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class ExperimentsOrderTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();

  private static final int EVENTS = 4000;
  private static final int USERS = 300;
  private static final double MOST = 0.9;
  private static final int[] PARALLELISMS = {1, 2, 4};
  private static final Duration DISORDER = Duration.ofHours(2);

  private final ExperimentsStream stream = new ExperimentsStream(EVENTS, USERS, 1);
  private List<ExperimentDefinition> definitions;
  private Map<String, String> expected;
  private Map<String, List<String>> expectedOn;

  /** The rows of the events in order of time, on one subtask. */
  @BeforeAll
  void readDefinitions() throws Exception {
    ExperimentDefinition second = definition("second.yaml");
    definitions =
        List.of(definition("first.yaml"), second, definition("second-later.yaml").after(second));
    try (ExperimentsTrial trial = trial(stream.byTime(), 0, DISORDER)) {
      expected = trial.start(1, MOST).rows();
      expectedOn = trial.sentOn();
    }
  }

  private static ExperimentDefinition definition(String file) throws URISyntaxException {
    Path path = Path.of(ExperimentsOrderTest.class.getResource(file).toURI());
    return ExperimentFile.read(path, ContractCatalog.fromClassPath());
  }

  private ExperimentsTrial trial(
      List<List<RawRecord>> partitions, long letters, Duration disorder) {
    return new ExperimentsTrial(FLINK, definitions, partitions, stream.letters(letters), disorder);
  }

  private Map<String, String> rows(
      List<List<RawRecord>> partitions, int parallelism, Duration disorder) throws Exception {
    try (ExperimentsTrial trial = trial(partitions, parallelism, disorder)) {
      Map<String, String> rows = trial.start(parallelism, MOST).rows();
      assertThat(trial.sentOn()).isEqualTo(expectedOn);
      return rows;
    }
  }

  /** What was sent on, each only once, as it may have been written before a failure and after. */
  private static Map<String, TreeSet<String>> once(Map<String, List<String>> sentOn) {
    Map<String, TreeSet<String>> once = new TreeMap<>();
    sentOn.forEach((where, what) -> once.put(where, new TreeSet<>(what)));
    return once;
  }

  private List<List<RawRecord>> shuffled(long seed) {
    return stream.shuffled(seed, DISORDER);
  }

  /** Rows that are not as they were when events came in order of time. */
  private List<String> differences(Map<String, String> rows) {
    TreeSet<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(rows.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(expected.get(key), rows.get(key)))
        .map(key -> key + ": " + expected.get(key) + " but was " + rows.get(key))
        .toList();
  }

  @Test
  void everyKindOfRowIsThere() {
    assertThat(expected.keySet())
        .contains(
            "score first/1 spent_a_goal treatment",
            "health first/1 ",
            "document first/1 ",
            "drops first/1 treatment rule_violation",
            "drops second/1 control schema_violation",
            "drops second/2 control rule_violation",
            "score second/2 buys treatment")
        .anyMatch(key -> key.startsWith("decision first/1"))
        .anyMatch(key -> key.startsWith("decision second/2"));
    assertThat(expected.get("health first/1 "))
        .doesNotContain("unitsInSeveralVariants=0,", "outcomesBefore=0,", "invalidExposures=0,");
    assertThat(expectedOn)
        .containsOnlyKeys(
            "route new-first",
            "route old-second",
            "entered first/1",
            "entered second/1",
            "entered second/2");
    assertThat(expectedOn.values())
        .allSatisfy(what -> assertThat(what).hasSizeGreaterThan(40).doesNotHaveDuplicates());
  }

  static IntStream shuffles() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("shuffles")
  void eventsMayComeInAnyOrder(int shuffle) throws Exception {
    int parallelism = PARALLELISMS[shuffle % PARALLELISMS.length];
    assertThat(differences(rows(shuffled(shuffle), parallelism, DISORDER))).isEmpty();
  }

  /** Decisions look at closed minutes and may differ; numbers are those of all events. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void scorecardsAreCorrectedByEventsOfClosedMinutes(int parallelism) throws Exception {
    List<List<RawRecord>> late = stream.shuffled(7, Duration.ofHours(40));
    Map<String, String> rows = rows(late, parallelism, Duration.ofSeconds(10));
    assertThat(differences(rows)).noneMatch(row -> row.startsWith("score"));
  }

  @Test
  void lostTaskManagersChangeNothing(@TempDir Path directory) throws Exception {
    try (ExperimentsTrial trial = trial(shuffled(100), 100, DISORDER)) {
      trial.keepCheckpointsIn(directory).start(2, 0.2).awaitRead();
      // While events come, so that the barrier meets what was gathered and not sent.
      trial.readTo(0.5).checkpoint();
      int before = trial.written();
      trial.readTo(0.7).awaitRead().awaitMoreThan(before);
      FLINK.killTaskManagers();
      assertThat(differences(trial.rows())).isEmpty();
      assertThat(trial.begunAgain())
          .as("the faults fired, and reading went on from the checkpoint")
          .isNotEmpty()
          .allMatch(position -> position > 0);
      assertThat(once(trial.sentOn())).isEqualTo(once(expectedOn));
    }
  }

  @Test
  void savepointsGoOnAtOtherParallelisms(@TempDir Path directory) throws Exception {
    try (ExperimentsTrial trial = trial(shuffled(101), 101, DISORDER)) {
      trial.start(2, 0.4).awaitRead().stop(directory);
      trial.start(4, 0.7).awaitRead().stop(directory);
      assertThat(differences(trial.start(1, MOST).rows())).isEmpty();
      assertThat(trial.sentOn()).isEqualTo(expectedOn);
    }
  }

  @Test
  void checkSeesAnEventThatCountsTwice() throws Exception {
    List<List<RawRecord>> partitions = new ArrayList<>(stream.byTime());
    List<RawRecord> more = new ArrayList<>(partitions.get(0));
    more.addAll(more.subList(more.size() - 20, more.size()));
    partitions.set(0, more);
    try (ExperimentsTrial trial = trial(partitions, 2, DISORDER)) {
      assertThat(differences(trial.start(2, MOST).rows()))
          .anyMatch(row -> row.startsWith("score first/1 "));
      assertThat(trial.sentOn().get("route new-first"))
          .hasSizeGreaterThan(expectedOn.get("route new-first").size());
    }
  }
}
