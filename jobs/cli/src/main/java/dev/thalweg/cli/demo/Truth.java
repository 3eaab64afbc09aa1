package dev.thalweg.cli.demo;

import dev.thalweg.schemas.Failure;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What must become of the records made so far. */
public final class Truth {

  private static final String NO_CONTRACT = "unknown";

  private long consumed;
  private long duplicate;
  private long enriched;
  private final Map<String, Long> accepted = new TreeMap<>();
  private final Map<Failure, Map<String, Long>> deadLetters = new EnumMap<>(Failure.class);
  private final EventIdDigest acceptedIds = new EventIdDigest();

  void accept(DemoRecord record) {
    consumed++;
    accepted.merge(record.eventType(), 1L, Long::sum);
    acceptedIds.add(record.subject(), record.eventId());
    if (record.profiled()) {
      enriched++;
    }
  }

  void drop() {
    consumed++;
    duplicate++;
  }

  void refuse(DemoRecord record) {
    consumed++;
    String type = record.eventType() == null ? NO_CONTRACT : record.eventType();
    deadLetters
        .computeIfAbsent(record.failure(), failure -> new TreeMap<>())
        .merge(type, 1L, Long::sum);
  }

  /** All records. */
  public long consumed() {
    return consumed;
  }

  /** Records that repeat an accepted one. */
  public long duplicate() {
    return duplicate;
  }

  /** Records that become events. */
  public long accepted() {
    return accepted.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same by event type. */
  public Map<String, Long> acceptedByType() {
    return Collections.unmodifiableMap(accepted);
  }

  /** Records that become dead letters. */
  public long deadLetter() {
    return deadLettersByFailure().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same by failure. */
  public Map<Failure, Long> deadLettersByFailure() {
    Map<Failure, Long> sums = new EnumMap<>(Failure.class);
    deadLetters.forEach(
        (failure, types) ->
            sums.put(failure, types.values().stream().mapToLong(Long::longValue).sum()));
    return sums;
  }

  /** Dead letters of one failure by event type, {@code unknown} where no contract was found. */
  public Map<String, Long> deadLetters(Failure failure) {
    return Collections.unmodifiableMap(deadLetters.getOrDefault(failure, Map.of()));
  }

  /** Accepted events whose user has a profile, all profiles being there in time. */
  public long enriched() {
    return enriched;
  }

  /** Which events are accepted, each counted once. */
  public EventIdDigest acceptedIds() {
    return acceptedIds;
  }
}
