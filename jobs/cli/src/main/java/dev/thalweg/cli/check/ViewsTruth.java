package dev.thalweg.cli.check;

import dev.thalweg.cli.kafka.CommittedRecords;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What some views must show, counted with plain loops over the committed canonical events: events
 * by type and 10 minutes, subjects by hour, and sessions with gaps of 30 minutes.
 */
public final class ViewsTruth {
  private static final long TEN_MINUTES = Duration.ofMinutes(10).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long GAP = Duration.ofMinutes(30).toMillis();

  private final CanonicalReader reader;
  private final Map<String, Long> eventsByWindow = new TreeMap<>();
  private final Map<Long, Set<String>> subjectsByHour = new TreeMap<>();
  private final Map<String, Times> timesBySubject = new HashMap<>();
  private long events;

  private ViewsTruth(ContractCatalog catalog) {
    reader = new CanonicalReader(catalog);
  }

  /** Of all events committed to the topic. */
  public static ViewsTruth of(KafkaConnection kafka, String topic, ContractCatalog catalog) {
    ViewsTruth truth = new ViewsTruth(catalog);
    new CommittedRecords(kafka, topic)
        .read(
            false,
            record -> {
              truth.add(record.value());
              return true;
            });
    return truth;
  }

  private void add(byte[] value) {
    EventCursor event = reader.read(value);
    if (event == null) {
      return;
    }
    long time = event.longValue(CoreFields.EVENT_TIME);
    boolean userKnown = !event.isNull(CoreFields.USER_ID);
    String subject = event.text(userKnown ? CoreFields.USER_ID : CoreFields.ANONYMOUS_ID);
    String window = start(time, TEN_MINUTES) + " " + event.contract().type();
    eventsByWindow.merge(window, 1L, Long::sum);
    subjectsByHour.computeIfAbsent(start(time, HOUR), hour -> new HashSet<>()).add(subject);
    timesBySubject.computeIfAbsent(subject, s -> new Times()).add(time);
    events++;
  }

  private static long start(long time, long size) {
    return Math.floorDiv(time, size) * size;
  }

  /** All events. */
  public long events() {
    return events;
  }

  /** Events by the window's start and their type, a blank between. */
  public Map<String, Long> eventsByWindow() {
    return eventsByWindow;
  }

  /** How many subjects were seen, by the hour's start. */
  public Map<String, Long> subjectsByHour() {
    Map<String, Long> counts = new TreeMap<>();
    subjectsByHour.forEach((hour, subjects) -> counts.put(hour.toString(), (long) subjects.size()));
    return counts;
  }

  /** Events of each session, by subject and the session's start and end, blanks between. */
  public Map<String, Long> sessions() {
    Map<String, Long> sessions = new TreeMap<>();
    timesBySubject.forEach((subject, times) -> addSessions(subject, times.sorted(), sessions));
    return sessions;
  }

  private static void addSessions(String subject, long[] times, Map<String, Long> sessions) {
    int first = 0;
    for (int i = 1; i <= times.length; i++) {
      if (i == times.length || times[i] - times[i - 1] > GAP) {
        sessions.put(subject + " " + times[first] + " " + times[i - 1], (long) i - first);
        first = i;
      }
    }
  }

  private static final class Times {
    private long[] values = new long[8];
    private int size;

    void add(long time) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = time;
    }

    long[] sorted() {
      long[] sorted = Arrays.copyOf(values, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
