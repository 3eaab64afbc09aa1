package dev.thalweg.jobs.metrics;

import dev.thalweg.jobs.config.EditDistance;
import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.jobs.config.YamlText;
import dev.thalweg.operators.metrics.MetricDefinition;
import dev.thalweg.operators.metrics.MetricDefinition.Denominator;
import dev.thalweg.operators.metrics.MetricKind;
import dev.thalweg.operators.metrics.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the declaration of one metric. */
final class DefinitionReader {
  private static final String KIND = "kind";
  private static final String OF = "of";
  private static final String EVENT_TYPE = "event_type";
  private static final List<String> KINDS =
      Stream.of(MetricKind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();

  private final SelectorReader selectors;

  DefinitionReader(SelectorReader selectors) {
    this.selectors = selectors;
  }

  /** The metric; null where something is wrong, which is noted. */
  MetricDefinition read(YamlMap map) {
    String name = map.parsed("name", Names::check);
    MetricKind kind = map.parsed(KIND, DefinitionReader::kind);
    Selection selection = selectors.read(map);
    String of = field(map, selection, kind != MetricKind.UNIQUE);
    List<String> by = dimensions(map, selection);
    WindowSpec window = WindowReader.read(map);
    Boolean approximate =
        map.has("approximate") ? map.parsed("approximate", DefinitionReader::flag) : Boolean.FALSE;
    Double quantile = quantile(map, kind);
    Optional<YamlMap> per = map.map("per").filter(YamlMap::isMap);
    Denominator denominator = per.map(this::denominator).orElse(null);
    map.refuseOthers();
    boolean complete =
        name != null
            && kind != null
            && window != null
            && approximate != null
            && quantile != null
            && map.has(OF) != of.isEmpty()
            && map.has("per") == per.isPresent();
    return complete
        ? map.built(
            () ->
                new MetricDefinition(
                    name,
                    kind,
                    selection.events(),
                    of,
                    by,
                    window,
                    approximate,
                    quantile,
                    denominator))
        : null;
  }

  private static MetricKind kind(String text) {
    if (!KINDS.contains(text)) {
      throw new IllegalArgumentException(
          "'%s' must be one of %s%s"
              .formatted(text, String.join(", ", KINDS), EditDistance.suggestion(text, KINDS)));
    }
    return MetricKind.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static Boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("'" + text + "' must be true or false");
    }
    return Boolean.valueOf(text);
  }

  /** Which quantile; 0 where the kind has none. */
  private static Double quantile(YamlMap map, MetricKind kind) {
    if (kind == MetricKind.QUANTILE) {
      return map.parsed("quantile", DefinitionReader::number);
    }
    if (kind != null && map.has("quantile")) {
      map.take("quantile");
      map.refuse("quantile", "only for kind quantile");
    }
    return 0.0;
  }

  private static Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' must be a number between 0 and 1, such as 0.95", e);
    }
  }

  private Denominator denominator(YamlMap map) {
    Selection selection = selectors.read(map);
    String of = field(map, selection, true);
    map.refuseOthers();
    return new Denominator(selection.events(), of);
  }

  /** Takes {@code of}; empty where it is absent or wrong. */
  private static String field(YamlMap map, Selection selection, boolean number) {
    return map.optionalParsed(OF, text -> checkField(text, selection, number)).orElse("");
  }

  private static String checkField(String name, Selection selection, boolean number) {
    if (selection.contracts().isEmpty()) {
      return name;
    }
    if (!selection.has(name)) {
      throw new IllegalArgumentException(noField(name, selection));
    }
    if (number && !selection.isNumber(name)) {
      throw new IllegalArgumentException(
          "'%s' must be a number, is %s".formatted(name, selection.types(name)));
    }
    return name;
  }

  private static String noField(String name, Selection selection) {
    return "'%s' is no field of the selected events; there are: %s%s"
        .formatted(
            name,
            String.join(", ", selection.names()),
            EditDistance.suggestion(name, selection.names()));
  }

  private static List<String> dimensions(YamlMap map, Selection selection) {
    List<String> dimensions = new ArrayList<>();
    for (YamlText item : map.texts("by")) {
      String name = item.text();
      boolean checked = name != null && !selection.contracts().isEmpty();
      if (checked && !name.equals(EVENT_TYPE) && !selection.has(name)) {
        map.refuse(item, noField(name, selection));
      } else if (checked && selection.isBytes(name)) {
        map.refuse(item, "'" + name + "' is bytes, which are no dimension");
      } else if (dimensions.contains(name)) {
        map.refuse(item, "'" + name + "' stands twice");
      } else if (name != null) {
        dimensions.add(name);
      }
    }
    return dimensions;
  }
}
