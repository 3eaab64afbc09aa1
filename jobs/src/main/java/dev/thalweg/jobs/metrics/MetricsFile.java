package dev.thalweg.jobs.metrics;

import dev.thalweg.jobs.JobSettings;
import dev.thalweg.jobs.config.Branch;
import dev.thalweg.jobs.config.Problems;
import dev.thalweg.jobs.config.Settings;
import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.operators.metrics.FunnelDefinition;
import dev.thalweg.operators.metrics.MetricDefinition;
import dev.thalweg.operators.metrics.MetricsConfig;
import dev.thalweg.operators.metrics.RetentionDefinition;
import dev.thalweg.operators.metrics.SessionDefinition;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads what is declared of metrics; refuses what cannot be meant, all of it at once. */
public final class MetricsFile {
  private static final Duration OFTEN = Duration.ofMillis(10);
  private static final Duration SELDOM = Duration.ofDays(1);

  private final Settings settings;
  private final SelectorReader selectors;
  private final Map<String, Problems> problems = new LinkedHashMap<>();

  private MetricsFile(Settings settings, ContractCatalog catalog) {
    this.settings = settings;
    this.selectors = new SelectorReader(catalog);
  }

  /**
   * Reads the declarations of a job's file; what else the file says is checked as far as its keys.
   *
   * @throws dev.thalweg.jobs.config.ConfigException listing every mistake
   */
  public static MetricsConfig read(Path file, ContractCatalog catalog) {
    Settings settings =
        Settings.ofArguments(MetricsOptions.DECLARATIONS, "--base", file.toString());
    JobSettings.checkKeys(settings, MetricsOptions.ALL, MetricsOptions.FLINK_PREFIXES);
    MetricsConfig config = read(settings, catalog);
    settings.check();
    return config;
  }

  /** The declarations among settings; mistakes are noted there. */
  static MetricsConfig read(Settings settings, ContractCatalog catalog) {
    return new MetricsFile(settings, catalog).read();
  }

  private MetricsConfig read() {
    Duration lateness = settings.get(MetricsOptions.LATENESS);
    Duration emit = between(MetricsOptions.EMIT, OFTEN, SELDOM, "from 10ms to 1d");
    Duration horizon =
        between(
            MetricsOptions.RETENTION_HORIZON,
            Duration.ofDays(1),
            Duration.ofDays(36_500),
            "from 1d to 36500d");
    ZoneId zone =
        settings.part(
            MetricsOptions.TIMEZONE.key(),
            settings.get(MetricsOptions.TIMEZONE),
            MetricsFile::zone);
    SubjectViewsReader views = new SubjectViewsReader(selectors, horizon);
    List<MetricDefinition> definitions =
        list(
            MetricsOptions.DEFINITIONS,
            new DefinitionReader(selectors)::read,
            MetricDefinition::name);
    SessionDefinition sessions =
        settings
            .branch(MetricsOptions.SESSIONS)
            .map(branch -> map(branch, MetricsOptions.SESSIONS))
            .filter(YamlMap::isMap)
            .map(views::sessions)
            .orElse(null);
    List<FunnelDefinition> funnels =
        list(MetricsOptions.FUNNELS, views::funnel, FunnelDefinition::name);
    List<RetentionDefinition> retention =
        list(MetricsOptions.RETENTION, views::retention, RetentionDefinition::name);
    problems.forEach((file, found) -> settings.addMistakes(found.inOrder(file + ":")));
    return new MetricsConfig(
        lateness, emit, zone, horizon, definitions, sessions, funnels, retention);
  }

  private Duration between(
      ConfigOption<Duration> option, Duration least, Duration most, String range) {
    return settings.part(
        option.key(),
        settings.get(option),
        value -> {
          if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("must be " + range);
          }
          return value;
        });
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("use a zone such as UTC or Europe/Vienna", e);
    }
  }

  private Problems problems(Branch branch) {
    return problems.computeIfAbsent(branch.file(), file -> new Problems());
  }

  private YamlMap map(Branch branch, String key) {
    return new YamlMap(branch.node(), key, problems(branch));
  }

  /** What a list declares, without what is wrong. */
  private <T> List<T> list(String key, Function<YamlMap, T> read, Function<T, String> name) {
    List<T> declared = new ArrayList<>();
    settings.branch(key).ifPresent(branch -> addAll(declared, branch, key, read, name));
    return declared;
  }

  private <T> void addAll(
      List<T> declared,
      Branch branch,
      String key,
      Function<YamlMap, T> read,
      Function<T, String> name) {
    if (!(branch.node() instanceof SequenceNode list)) {
      problems(branch).add(branch.node(), key, "must be a list");
      return;
    }
    Map<String, Integer> lines = new LinkedHashMap<>();
    int i = 0;
    for (Node item : list.getValue()) {
      YamlMap map = new YamlMap(item, key + "[" + i++ + "]", problems(branch));
      T one = map.isMap() ? read.apply(map) : null;
      if (one != null) {
        Integer first = lines.putIfAbsent(name.apply(one), map.line("name"));
        if (first != null) {
          map.refuse("name", "'%s' stands in line %d already".formatted(name.apply(one), first));
        }
        declared.add(one);
      }
    }
  }
}
