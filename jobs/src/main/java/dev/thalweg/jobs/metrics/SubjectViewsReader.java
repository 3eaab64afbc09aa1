package dev.thalweg.jobs.metrics;

import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.jobs.config.YamlText;
import dev.thalweg.operators.metrics.FunnelDefinition;
import dev.thalweg.operators.metrics.RetentionDefinition;
import dev.thalweg.operators.metrics.RetentionDefinition.Cohort;
import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import dev.thalweg.operators.metrics.SessionDefinition;
import dev.thalweg.operators.metrics.WindowSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the declarations of sessions, funnels and retention views. */
final class SubjectViewsReader {
  private static final Duration USUAL_GAP = Duration.ofMinutes(30);

  private final SelectorReader selectors;
  private final Duration retentionHorizon;

  /**
   * A reader.
   *
   * @param retentionHorizon the longest time after which a return can be seen; null where it is
   *     wrong
   */
  SubjectViewsReader(SelectorReader selectors, Duration retentionHorizon) {
    this.selectors = selectors;
    this.retentionHorizon = retentionHorizon;
  }

  /** The sessions; null where something is wrong, which is noted. */
  SessionDefinition sessions(YamlMap map) {
    Duration gap = map.has("gap") ? map.duration("gap") : USUAL_GAP;
    map.refuseOthers();
    return gap == null ? null : map.built(() -> new SessionDefinition(gap));
  }

  /** A funnel; null where something is wrong, which is noted. */
  FunnelDefinition funnel(YamlMap map) {
    String name = map.parsed("name", Names::check);
    Duration within = map.duration("within");
    WindowSpec.Tumbling window = WindowReader.readTumbling(map);
    List<FunnelDefinition.Step> steps = map.maps("steps").stream().map(this::step).toList();
    map.refuseOthers();
    boolean complete =
        name != null
            && within != null
            && window != null
            && !steps.isEmpty()
            && steps.stream().allMatch(Objects::nonNull);
    return complete ? map.built(() -> new FunnelDefinition(name, within, window, steps)) : null;
  }

  private FunnelDefinition.Step step(YamlMap map) {
    String name = map.parsed("name", Names::check);
    Selection selection = selectors.read(map);
    map.refuseOthers();
    return name == null ? null : new FunnelDefinition.Step(name, selection.events());
  }

  /** A retention view; null where something is wrong, which is noted. */
  RetentionDefinition retention(YamlMap map) {
    String name = map.parsed("name", Names::check);
    Selection selection = selectors.read(map);
    Cohort cohort = map.parsed("cohort", SubjectViewsReader::cohort);
    map.take("periods");
    List<Period> periods = new ArrayList<>();
    List<YamlText> items = map.texts("periods");
    items.forEach(item -> addPeriod(map, item, periods));
    map.refuseOthers();
    boolean complete = name != null && cohort != null && periods.size() == items.size();
    return complete
        ? map.built(() -> new RetentionDefinition(name, selection.events(), cohort, periods))
        : null;
  }

  private static Cohort cohort(String text) {
    return switch (text) {
      case "1d" -> Cohort.DAY;
      case "1w" -> Cohort.WEEK;
      case "1M" -> Cohort.MONTH;
      default -> throw new IllegalArgumentException("'" + text + "' must be 1d, 1w or 1M");
    };
  }

  private void addPeriod(YamlMap map, YamlText item, List<Period> periods) {
    if (item.text() == null) {
      return;
    }
    try {
      Period period = Period.parse(item.text());
      periods.add(period);
      if (retentionHorizon != null && days(period) > retentionHorizon.toDays()) {
        map.refuse(
            item,
            "'%s' lies beyond retention-horizon, which is %dd"
                .formatted(item.text(), retentionHorizon.toDays()));
      }
    } catch (IllegalArgumentException e) {
      map.refuse(item, "'" + item.text() + "' must be such as D7, D7+, W2 or M1");
    }
  }

  /** After how many days a period begins, at least. */
  private static long days(Period period) {
    int unit =
        switch (period.unit()) {
          case DAY -> 1;
          case WEEK -> 7;
          case MONTH -> 30;
        };
    return (long) unit * period.number();
  }
}
