package dev.thalweg.schemas;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds a contract by event type and version, or by fingerprint. Immutable; look-ups take constant
 * time.
 */
public final class ContractCatalog {
  private final Map<String, NavigableMap<Integer, Contract>> byType = new TreeMap<>();
  private final Map<Long, Contract> byFingerprint = new HashMap<>();
  private final Map<Long, Contract> byCanonicalFingerprint = new HashMap<>();

  private ContractCatalog(Collection<Contract> contracts) {
    for (Contract contract : contracts) {
      Contract other =
          byType
              .computeIfAbsent(contract.type(), t -> new TreeMap<>())
              .put(contract.version(), contract);
      if (other == null) {
        other = byFingerprint.put(contract.fingerprint(), contract);
      }
      if (other != null) {
        throw new ContractException(contract + " stands twice (also as " + other + "): keep one");
      }
      if (contract.isEvent()) {
        byCanonicalFingerprint.put(contract.canonicalFingerprint(), contract);
      }
    }
  }

  /** The contracts that come with the library. */
  public static ContractCatalog fromClassPath() {
    return load(new ClassPathContracts());
  }

  /**
   * The contracts of all sources together.
   *
   * @throws ContractException if one cannot be read or stands twice
   */
  public static ContractCatalog load(ContractSource... sources) {
    List<Contract> contracts =
        Stream.of(sources)
            .flatMap(source -> source.read().stream())
            .map(ContractParser::parse)
            .toList();
    return new ContractCatalog(contracts);
  }

  /** All event contracts, by type and version. */
  public List<Contract> events() {
    return all().filter(Contract::isEvent).toList();
  }

  /** All internal records' contracts, by name and version. */
  public List<Contract> records() {
    return all().filter(contract -> !contract.isEvent()).toList();
  }

  private Stream<Contract> all() {
    return byType.values().stream().flatMap(versions -> versions.values().stream());
  }

  /** The newest version of an event type; empty if there is no such event type. */
  public Optional<Contract> newest(String eventType) {
    return Optional.ofNullable(byType.get(eventType))
        .map(versions -> versions.lastEntry().getValue())
        .filter(Contract::isEvent);
  }

  /** That version of an event type; empty if there is none. */
  public Optional<Contract> find(String eventType, int version) {
    return Optional.ofNullable(byType.get(eventType))
        .map(versions -> versions.get(version))
        .filter(Contract::isEvent);
  }

  /** The newest version of an internal record, such as {@code dead_letter}. */
  public Contract record(String name) {
    return records().stream()
        .filter(contract -> contract.type().equals(name))
        .max(Comparator.comparingInt(Contract::version))
        .orElseThrow(() -> new ContractException("no contract of a record " + name));
  }

  /** The contract (event or record) whose schema has that fingerprint, or null. */
  public Contract byFingerprint(long fingerprint) {
    return byFingerprint.get(fingerprint);
  }

  /** The event contract whose canonical schema has that fingerprint, or null. */
  public Contract byCanonicalFingerprint(long fingerprint) {
    return byCanonicalFingerprint.get(fingerprint);
  }
}
