package dev.thalweg.schemas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How events written under one contract version are read: through the newest version that can read
 * them; where the version is superseded, as if they had been written under the superseding one.
 */
final class EventReading {
  private static final String WRITTEN_VERSION = "contract.written_version";
  private static final String SUPERSEDED_REASON = "contract.superseded_reason";

  private final Contract writer;
  private final Contract entry;
  private final Contract reader;
  private final EventUpgrade upgrade;
  private final byte[] evidence;

  private EventReading(
      Contract writer, Contract entry, Contract reader, EventUpgrade upgrade, byte[] evidence) {
    this.writer = writer;
    this.entry = entry;
    this.reader = reader;
    this.upgrade = upgrade;
    this.evidence = evidence;
  }

  /** How events of that contract are read where those are all versions, oldest first. */
  static EventReading of(Contract writer, List<Contract> versions) {
    Map<String, String> evidence = new LinkedHashMap<>();
    Contract entry = writer;
    List<String> reasons = new ArrayList<>();
    for (Contract version : versions) {
      Optional<Superseded> bad = version.superseded(entry.version());
      if (version.version() > entry.version() && bad.isPresent()) {
        entry = version;
        reasons.add(bad.get().reason());
      }
    }
    Contract reader = entry;
    EventUpgrade upgrade = null;
    for (int i = versions.size() - 1; i >= 0 && versions.get(i).version() > entry.version(); i--) {
      upgrade = EventUpgrade.between(entry, versions.get(i)).orElse(null);
      if (upgrade != null) {
        reader = versions.get(i);
        break;
      }
    }
    if (reader == writer) {
      return new EventReading(writer, writer, writer, null, null);
    }
    evidence.put(WRITTEN_VERSION, Integer.toString(writer.version()));
    if (!reasons.isEmpty()) {
      evidence.put(SUPERSEDED_REASON, String.join("; ", reasons));
    }
    return new EventReading(writer, entry, reader, upgrade, new AvroBuffer().mapBlock(evidence));
  }

  /** Whether the events are read as if written under another version. */
  boolean isSuperseded() {
    return entry != writer;
  }

  /** The version that events count as written under. */
  Contract entry() {
    return entry;
  }

  /** The version that events are read as in the end. */
  Contract reader() {
    return reader;
  }

  /** Turns values of {@link #entry()} into values of {@link #reader()}; null if they are one. */
  EventUpgrade upgrade() {
    return upgrade;
  }

  /** What an event keeps of how it was written, as a block of a map; null if nothing is changed. */
  byte[] evidence() {
    return evidence;
  }
}
