package dev.thalweg.schemas;

import dev.thalweg.schemas.ContractSource.ContractFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds a contract by event type and version, or by fingerprint. Immutable. */
public final class ContractCatalog {
  private final Map<ContractFile, Contract> files;
  private final Map<String, ContractFile> byPath = new HashMap<>();
  private final Map<String, NavigableMap<Integer, Contract>> events = new TreeMap<>();
  private final Map<String, NavigableMap<Integer, Contract>> records = new TreeMap<>();
  private final Map<Long, Contract> byFingerprint = new HashMap<>();
  private final Map<Long, Contract> byCanonicalFingerprint = new HashMap<>();

  private ContractCatalog(Map<ContractFile, Contract> files) {
    this.files = files;
    files.keySet().forEach(file -> byPath.put(file.path(), file));
    for (Contract contract : files.values()) {
      Contract other =
          (contract.isEvent() ? events : records)
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
   * The contracts of all sources together; the same file may stand in several of them.
   *
   * @throws ContractException if one cannot be read or stands twice
   */
  public static ContractCatalog load(ContractSource... sources) {
    Map<ContractFile, Contract> files = new LinkedHashMap<>();
    Stream.of(sources)
        .flatMap(source -> source.read().stream())
        .forEach(file -> files.computeIfAbsent(file, ContractParser::parse));
    return new ContractCatalog(files);
  }

  /**
   * This catalogue and one contract more; the contracts that both hold are the same objects.
   *
   * @throws ContractException if it is no contract, has a rule that does not compile, or stands in
   *     the way of another
   */
  public ContractCatalog with(ContractFile file) {
    Contract contract = ContractParser.parse(file);
    RuleSet.compile(contract);
    Map<ContractFile, Contract> all = new LinkedHashMap<>(files);
    all.put(file, contract);
    return new ContractCatalog(all);
  }

  /** Whether it holds a contract of that place, whatever its text. */
  public boolean holds(String path) {
    return byPath.containsKey(path);
  }

  /** Whether it holds exactly that contract. */
  public boolean holds(ContractFile file) {
    return files.containsKey(file);
  }

  /** All event contracts, by type and version. */
  public List<Contract> events() {
    return all(events).toList();
  }

  /** All internal records' contracts, by name and version. */
  public List<Contract> records() {
    return all(records).toList();
  }

  private static Stream<Contract> all(Map<String, NavigableMap<Integer, Contract>> byType) {
    return byType.values().stream().flatMap(versions -> versions.values().stream());
  }

  /** The newest version of an event type; empty if there is no such event type. */
  public Optional<Contract> newest(String eventType) {
    return Optional.ofNullable(events.get(eventType))
        .map(versions -> versions.lastEntry().getValue());
  }

  /** That version of an event type; empty if there is none. */
  public Optional<Contract> find(String eventType, int version) {
    return Optional.ofNullable(events.get(eventType)).map(versions -> versions.get(version));
  }

  /** How events written under that contract are read. */
  EventReading reading(Contract writer) {
    return EventReading.of(writer, List.copyOf(events.get(writer.type()).values()));
  }

  /** The newest version of an internal record, such as {@code dead_letter}. */
  public Contract record(String name) {
    return Optional.ofNullable(records.get(name))
        .map(versions -> versions.lastEntry().getValue())
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
