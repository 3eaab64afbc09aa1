package dev.thalweg.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkProfileTest {

  private static final List<Class<?>> OPTIONS =
      List.of(
          CheckpointingOptions.class,
          CoreOptions.class,
          HeartbeatManagerOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          MetricOptions.class,
          PipelineOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          SecurityOptions.class,
          StateBackendOptions.class,
          StateRecoveryOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  @TempDir private Path directory;

  @Test
  void writesEveryKeyInFullAndLaysOthersOver() throws IOException {
    Path file = directory.resolve("config.yaml");
    Files.writeString(file, "a:\n  b: 1\n  c.d: [x]\ne: 10 s\n");

    FlinkProfile profile = FlinkProfile.read(file).with(Map.of("a.b", 2));

    assertThat(profile.options()).isEqualTo(Map.of("a.b", 2, "a.c.d", List.of("x"), "e", "10 s"));
    Files.writeString(file, profile.text());
    assertThat(FlinkProfile.read(file)).isEqualTo(profile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void profilesUseOnlyOptionsThatFlinkKnows(String name) throws Exception {
    FlinkProfile profile =
        FlinkProfile.read(
            Path.of(System.getenv("THALWEG_ROOT"), "flink-conf", name, "config.yaml"));

    Set<String> unknown = new TreeSet<>(profile.options().keySet());
    unknown.removeAll(known());
    unknown.removeIf(key -> key.startsWith("metrics.reporter.prometheus."));

    assertThat(unknown).isEmpty();
    assertThat(profile.options())
        .containsEntry("pipeline.generic-types", false)
        .containsEntry("pipeline.max-parallelism", 720)
        .containsEntry("execution.checkpointing.mode", "EXACTLY_ONCE");
  }

  private static Set<String> known() throws IllegalAccessException {
    Set<String> keys = new TreeSet<>();
    for (Class<?> options : OPTIONS) {
      for (Field field : options.getFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && field.get(null) instanceof ConfigOption<?> option) {
          keys.add(option.key());
        }
      }
    }
    return keys;
  }
}
