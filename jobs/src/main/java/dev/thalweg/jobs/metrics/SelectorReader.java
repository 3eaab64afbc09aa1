package dev.thalweg.jobs.metrics;

import dev.thalweg.jobs.config.EditDistance;
import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.jobs.config.YamlText;
import dev.thalweg.operators.metrics.EventSelector;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.EventConditions;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads which events something is about, and checks it against the contracts. */
final class SelectorReader {
  private static final String ALL = "all";
  private static final String EVENTS = "events";
  private static final String WHERE = "where";

  private final Map<String, Contract> newest;
  private final EventConditions conditions;

  SelectorReader(ContractCatalog catalog) {
    newest =
        catalog.events().stream()
            .collect(
                Collectors.toMap(
                    Contract::type, c -> c, (older, newer) -> newer, LinkedHashMap::new));
    conditions = new EventConditions(catalog);
  }

  /** Takes {@code events} and {@code where}; what is wrong is noted. */
  Selection read(YamlMap map) {
    Set<String> types = new LinkedHashSet<>();
    boolean known = readTypes(map, types);
    List<Contract> contracts =
        known
            ? (types.isEmpty() ? newest.keySet() : types).stream().map(newest::get).toList()
            : List.of();
    String where = map.optionalParsed(WHERE, text -> condition(text, contracts)).orElse("");
    return new Selection(new EventSelector(types, where), contracts);
  }

  /** Whether the event types are there and known; none stands for all. */
  private boolean readTypes(YamlMap map, Set<String> types) {
    Node node = map.take(EVENTS);
    if (node == null) {
      return false;
    }
    if (node instanceof ScalarNode scalar) {
      boolean all = scalar.getValue().equals(ALL);
      if (!all) {
        map.refuse(
            EVENTS,
            "'%s' must be all, or a list such as [%s]"
                .formatted(scalar.getValue(), newest.keySet().iterator().next()));
      }
      return all;
    }
    List<YamlText> items = map.texts(EVENTS);
    if (items.isEmpty()) {
      map.refuse(EVENTS, "must be all, or a list of at least one event type");
    }
    return items.stream().filter(item -> !addType(map, item, types)).count() == 0
        && !items.isEmpty();
  }

  private boolean addType(YamlMap map, YamlText item, Set<String> types) {
    if (item.text() == null) {
      return false;
    }
    if (!newest.containsKey(item.text())) {
      String there =
          "'%s' is no event type; there are: %s%s"
              .formatted(
                  item.text(),
                  String.join(", ", newest.keySet()),
                  EditDistance.suggestion(item.text(), newest.keySet()));
      map.refuse(item, there);
      return false;
    }
    if (!types.add(item.text())) {
      map.refuse(item, "'" + item.text() + "' stands twice");
    }
    return true;
  }

  private String condition(String text, List<Contract> contracts) {
    boolean possible = contracts.isEmpty();
    for (Contract contract : contracts) {
      try {
        possible |= conditions.compile(text, contract).isPresent();
      } catch (ContractException e) {
        throw new IllegalArgumentException(
            "'%s' over %s %s".formatted(text, contract.type(), e.getMessage()), e);
      }
    }
    if (!possible) {
      throw new IllegalArgumentException(
          "'%s' is never met: none of %s has all of its fields"
              .formatted(
                  text, contracts.stream().map(Contract::type).collect(Collectors.joining(", "))));
    }
    return text;
  }
}
