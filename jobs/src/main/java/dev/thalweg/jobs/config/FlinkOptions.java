package dev.thalweg.jobs.config;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateChangelogOptions;
import org.apache.flink.configuration.StateLatencyTrackOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.StateSizeTrackOptions;

/** Flink's own options that a job may set. */
public final class FlinkOptions {
  /** Beginnings of the keys that go to Flink as they are. */
  public static final List<String> PREFIXES =
      List.of("execution.", "state.", "pipeline.", "parallelism.", "restart-strategy.", "metrics.");

  /** Options of a state backend that is on the cluster, not here: Flink checks them there. */
  private static final String ROCKSDB = "state.backend.rocksdb.";

  private static final List<ConfigOption<?>> ALL =
      Stream.of(
              PipelineOptions.class,
              ExecutionOptions.class,
              CheckpointingOptions.class,
              StateBackendOptions.class,
              StateChangelogOptions.class,
              StateLatencyTrackOptions.class,
              StateSizeTrackOptions.class,
              StateRecoveryOptions.class,
              RestartStrategyOptions.class,
              MetricOptions.class,
              CoreOptions.class)
          .flatMap(holder -> declared(holder).stream())
          .toList();

  private FlinkOptions() {}

  private static List<ConfigOption<?>> declared(Class<?> holder) {
    List<ConfigOption<?>> options = new ArrayList<>();
    for (Field field : holder.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
        try {
          options.add((ConfigOption<?>) Objects.requireNonNull(field.get(null)));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException("public fields can be read", e);
        }
      }
    }
    return options;
  }

  /**
   * Flink's options among the settings; what Flink does not know is noted as a mistake.
   *
   * @param prefixes beginnings of the keys that go to Flink, of {@link #PREFIXES}
   */
  public static Map<String, String> read(Settings settings, List<String> prefixes) {
    Map<String, String> options = settings.withPrefixes(prefixes);
    settings.checkKeys(
        ALL, key -> prefixes.stream().anyMatch(key::startsWith) && !key.startsWith(ROCKSDB));
    options.forEach((key, value) -> check(settings, key, value));
    return options;
  }

  private static void check(Settings settings, String key, String value) {
    Configuration one = Configuration.fromMap(Map.of(key, value));
    for (ConfigOption<?> option : ALL) {
      if (option.key().equals(key)) {
        try {
          one.getOptional(option);
        } catch (IllegalArgumentException e) {
          settings.refuse(key, "not what Flink expects there: " + deepest(e));
        }
      }
    }
  }

  private static String deepest(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}
