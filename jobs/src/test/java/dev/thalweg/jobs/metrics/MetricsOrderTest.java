package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.metrics.MetricsConfig;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same events give the same views: in whatever order they come within the lateness, on however
 * many subtasks, through a failure, and across savepoints.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class MetricsOrderTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();

  private static final int EVENTS = 3000;
  private static final int[] PARALLELISMS = {1, 2, 4};
  private static final int SHUFFLES = 20;
  private static final int ON_ALL = 3;

  private final MetricsStream stream = new MetricsStream(EVENTS, 1);
  private MetricsConfig metrics;
  private Map<String, String> expected;

  /** The views of the events in order of time, on one subtask. */
  @BeforeAll
  void readDeclarations() throws Exception {
    Path file = Path.of(MetricsOrderTest.class.getResource("every-view.yaml").toURI());
    metrics = MetricsFile.read(file, ContractCatalog.fromClassPath());
    expected = views(stream.byTime(), 1);
    assertThat(expected).hasSizeGreaterThan(EVENTS);
    assertThat(expected)
        .as("buyers came back in the month after their first")
        .anySatisfy(
            (key, row) -> {
              assertThat(key).matches("\\[retention, loyal, \\d+, M1]");
              assertThat(row).doesNotStartWith("0 of");
            });
  }

  private MetricsTrial trial(List<List<RawRecord>> partitions) {
    return new MetricsTrial(FLINK, metrics, partitions);
  }

  private Map<String, String> views(List<List<RawRecord>> partitions, int parallelism)
      throws Exception {
    try (MetricsTrial trial = trial(partitions)) {
      return trial.start(parallelism, 1).views();
    }
  }

  private List<List<RawRecord>> shuffled(long seed) {
    return stream.shuffled(seed, metrics.lateness());
  }

  /** Rows that are not as they were when events came in order of time. */
  private List<String> differences(Map<String, String> views) {
    TreeSet<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(views.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(expected.get(key), views.get(key)))
        .map(key -> key + ": " + expected.get(key) + " but was " + views.get(key))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void eventsMayComeInOrderOfTime(int parallelism) throws Exception {
    assertThat(differences(views(stream.byTime(), parallelism))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void eventsMayComeAsInFiles(int parallelism) throws Exception {
    assertThat(differences(views(stream.byFile(), parallelism))).isEmpty();
  }

  /** The first few on all numbers of subtasks, the others on one of them. */
  static Stream<Arguments> shuffles() {
    return IntStream.range(0, SHUFFLES)
        .boxed()
        .flatMap(
            shuffle ->
                IntStream.range(0, PARALLELISMS.length)
                    .filter(i -> shuffle < ON_ALL || i == shuffle % PARALLELISMS.length)
                    .mapToObj(i -> Arguments.of(shuffle, PARALLELISMS[i])));
  }

  @ParameterizedTest
  @MethodSource("shuffles")
  void eventsMayComeInAnyOrder(int shuffle, int parallelism) throws Exception {
    assertThat(differences(views(shuffled(shuffle), parallelism))).isEmpty();
  }

  @Test
  void lostTaskManagersChangeNothing(@TempDir Path directory) throws Exception {
    try (MetricsTrial trial = trial(shuffled(100))) {
      trial.keepCheckpointsIn(directory).start(2, 0.2).awaitRead();
      // While events come, so that the barrier meets what was gathered and not sent.
      trial.readTo(0.5).checkpoint();
      int before = trial.written();
      trial.readTo(0.7).awaitRead().awaitMoreThan(before);
      FLINK.killTaskManagers();
      assertThat(differences(trial.readTo(1).views())).isEmpty();
      assertThat(trial.begunAgain())
          .as("the faults fired, and reading went on from the checkpoint")
          .isNotEmpty()
          .allMatch(position -> position > 0);
    }
  }

  @Test
  void savepointsGoOnAtOtherParallelisms(@TempDir Path directory) throws Exception {
    try (MetricsTrial trial = trial(shuffled(101))) {
      trial.start(2, 0.4).awaitRead().stop(directory);
      trial.start(4, 0.7).awaitRead().stop(directory);
      assertThat(differences(trial.start(1, 1).views())).isEmpty();
    }
  }

  @Test
  void checkSeesAnEventThatCountsTwice() throws Exception {
    List<List<RawRecord>> partitions = new ArrayList<>(stream.byTime());
    List<RawRecord> more = new ArrayList<>(partitions.get(0));
    more.add(more.get(more.size() - 1));
    partitions.set(0, more);
    assertThat(differences(views(partitions, 2))).anyMatch(row -> row.startsWith("[metric, "));
  }
}
