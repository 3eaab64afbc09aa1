package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.config.EditDistance;
import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.jobs.config.YamlText;
import dev.thalweg.operators.experiments.definition.Routing;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which events go to pipelines of their own. */
final class RoutingReader {
  private static final String ROUTES = "routes";

  private final YamlMap map;
  private final EventReader events;
  private final List<String> variants;

  RoutingReader(YamlMap map, EventReader events, List<String> variants) {
    this.map = map;
    this.events = events;
    this.variants = variants;
  }

  /** The routing; null where something is wrong, which is noted. */
  Routing read() {
    Map<String, String> routes = new LinkedHashMap<>();
    boolean isRight =
        map.map(ROUTES).map(written -> written.isMap() && addRoutes(routes, written)).orElse(true);
    Set<String> types = new HashSet<>();
    for (YamlText item : map.texts("routed_events")) {
      if (item.text() == null) {
        isRight = false;
        continue;
      }
      Optional<String> mistake = mistake(item.text());
      mistake.ifPresent(reason -> map.refuse(item, reason));
      isRight &= mistake.isEmpty();
      types.add(item.text());
    }
    return isRight ? map.built(() -> new Routing(routes, types)) : null;
  }

  /** Why events of a type cannot be routed; empty where they can. */
  private Optional<String> mistake(String type) {
    return events
        .known(type)
        .map(events::withoutUnit)
        .orElseGet(() -> Optional.of(events.unknown(type)));
  }

  /** Answers whether all are right. */
  private boolean addRoutes(Map<String, String> routes, YamlMap written) {
    for (String variant : written.remaining()) {
      String route = written.parsed(variant, Scalars::id);
      if (!variants.isEmpty() && !variants.contains(variant)) {
        written.refuse(
            variant,
            "is no variant; there are: %s%s"
                .formatted(
                    String.join(", ", variants), EditDistance.suggestion(variant, variants)));
      }
      routes.put(variant, route);
    }
    return !routes.containsValue(null);
  }
}
