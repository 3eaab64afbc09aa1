package dev.thalweg.operators.experiments.selection;

import dev.thalweg.operators.event.Conditions;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.EventConditions;
import dev.thalweg.schemas.EventCursor;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles conditions of definitions. One that does not compile is met by no event: nobody checks a
 * definition against the contracts before it stands in the topic, and one of them must not stop the
 * others. Not thread safe.
 */
final class LenientConditions implements Conditions.Compiler {
  private static final Logger LOG = LoggerFactory.getLogger(LenientConditions.class);

  private final EventConditions conditions;
  private final Counter refused;
  private final Set<String> broken = new HashSet<>();

  /**
   * Compiles for the contracts of that catalogue.
   *
   * @param refused counts conditions that do not compile, each once
   */
  LenientConditions(ContractCatalog catalog, Counter refused) {
    conditions = new EventConditions(catalog);
    this.refused = refused;
  }

  @Override
  public Optional<Predicate<EventCursor>> compile(String where, Contract contract) {
    try {
      return conditions.compile(where, contract).map(condition -> condition::holds);
    } catch (ContractException e) {
      if (broken.add(where)) {
        refused.inc();
        LOG.warn("No event meets a condition of an experiment: {}", e.getMessage());
      }
      return Optional.empty();
    }
  }
}
