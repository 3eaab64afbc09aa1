package dev.thalweg.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.DefinitionJsonException;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.VersionChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The versions of all experiments, as the topic holds them; what should not be there is told. */
public final class PublishedVersions {
  private final SortedMap<String, VersionChain> experiments = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  /** The key of a version's record. */
  public static String key(ExperimentDefinition definition) {
    return definition.experiment() + "/" + definition.version();
  }

  /** Adds a record. A version stays as it was first read; one that does not fit is a fault. */
  public void add(byte[] keyBytes, byte[] value) {
    String key = keyBytes == null ? "" : new String(keyBytes, UTF_8);
    if (value == null) {
      faults.add(key + ": was deleted");
      return;
    }
    try {
      add(key, DefinitionJson.read(new String(value, UTF_8)));
    } catch (DefinitionJsonException e) {
      faults.add(key + ": " + e.getMessage());
    }
  }

  private void add(String key, ExperimentDefinition definition) {
    if (!key.equals(key(definition))) {
      faults.add(key + ": holds " + key(definition));
      return;
    }
    VersionChain chain =
        experiments.computeIfAbsent(definition.experiment(), id -> new VersionChain());
    ExperimentDefinition first = chain.versions().get(definition.version());
    if (first != null && !first.equals(definition)) {
      faults.add(key + ": was rewritten");
      return;
    }
    try {
      chain.add(definition);
    } catch (IllegalArgumentException e) {
      faults.add(e.getMessage());
    }
  }

  /** All versions, by experiment and version. */
  public List<ExperimentDefinition> all() {
    return experiments.values().stream()
        .flatMap(chain -> chain.versions().values().stream())
        .toList();
  }

  /** The newest version of an experiment, if there is one. */
  public Optional<ExperimentDefinition> newest(String experiment) {
    return Optional.ofNullable(experiments.get(experiment))
        .map(chain -> chain.versions().lastEntry())
        .map(Map.Entry::getValue);
  }

  /** A version as it was first published, if it was. */
  public Optional<ExperimentDefinition> version(String experiment, int version) {
    return Optional.ofNullable(experiments.get(experiment))
        .map(chain -> chain.versions().get(version));
  }

  /** What should not be in the topic, one line each. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /** What should not be there of one experiment. */
  public List<String> faults(String experiment) {
    return faults.stream().filter(fault -> fault.startsWith(experiment + "/")).toList();
  }
}
