package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.schemas.ContractPath;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All versions of one contract. The newest version is the one that everything is read through, so
 * versions are judged from it; what is released and no longer the newest cannot be mended, and only
 * what would break the pipeline is held against it.
 */
public final class ContractHistory {
  private final NavigableMap<Integer, ContractDocument> documents = new TreeMap<>();
  private final NavigableSet<Integer> present;
  private final ReleaseIndex index;
  private final Set<Integer> superseded = new HashSet<>();

  /**
   * The versions of one contract.
   *
   * @param readable those whose files could be read
   * @param present all whose files are there, readable or not
   * @param index what is released
   */
  ContractHistory(
      Collection<ContractDocument> readable, Collection<Integer> present, ReleaseIndex index) {
    readable.forEach(document -> documents.put(document.version(), document));
    this.present = new TreeSet<>(present);
    this.index = index;
    for (ContractDocument document : documents.values()) {
      for (JsonNode entry : document.property("supersedes")) {
        int version = entry.path("version").isInt() ? entry.path("version").intValue() : 0;
        if (version > 0 && version < document.version()) {
          superseded.add(version);
        }
      }
    }
  }

  /** The versions that could be read, oldest first. */
  public Collection<ContractDocument> documents() {
    return documents.values();
  }

  /** The version of that number; empty where it is absent or could not be read. */
  public Optional<ContractDocument> version(int number) {
    return Optional.ofNullable(documents.get(number));
  }

  /** The numbers of all versions whose files are there, readable or not. */
  public NavigableSet<Integer> numbers() {
    return Collections.unmodifiableNavigableSet(present);
  }

  /** The newest version; empty where its file could not be read. */
  public Optional<ContractDocument> newest() {
    return version(present.last());
  }

  /** Older versions that the newest must live with, oldest first: all but superseded ones. */
  List<ContractDocument> predecessors() {
    return documents.headMap(present.last()).values().stream()
        .filter(document -> !superseded.contains(document.version()))
        .toList();
  }

  /** Whether that version is listed in the index. */
  public boolean isReleased(ContractDocument document) {
    return index.lists(document.file());
  }

  /** Whether a newer version says that it is known to be bad. */
  public boolean isSuperseded(ContractDocument document) {
    return superseded.contains(document.version());
  }

  /** Whether a finding in that version could still be mended in its file. */
  boolean isMendable(ContractDocument document) {
    return !isReleased(document) || document.version() == present.last();
  }

  boolean isReleased(ContractPath place) {
    return index.lists(place.toString());
  }
}
