package dev.thalweg.operators.metrics;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Events of a subject that follow each other closely.
 *
 * @param start time of the first
 * @param end time of the last
 * @param counts how many, by event type
 */
public record Session(long start, long end, SortedMap<String, Long> counts) {
  /** Copies the counts. */
  public Session {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** Of one event. */
  static Session of(long time, String eventType) {
    return new Session(time, time, new TreeMap<>(Map.of(eventType, 1L)));
  }

  /** Both in one. */
  Session with(Session other) {
    SortedMap<String, Long> sums = new TreeMap<>(counts);
    other.counts.forEach((type, count) -> sums.merge(type, count, Long::sum));
    return new Session(Math.min(start, other.start), Math.max(end, other.end), sums);
  }

  /** How many events. */
  public long events() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The counts as a JSON object, in the order of the types. */
  String attributes() {
    return counts.entrySet().stream()
        .map(count -> quoted(count.getKey()) + ":" + count.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
