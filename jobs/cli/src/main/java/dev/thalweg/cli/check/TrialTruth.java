package dev.thalweg.cli.check;

import dev.thalweg.cli.kafka.CommittedRecords;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the further views of a trial must show, counted with plain loops over the committed
 * canonical events: revenue by hour, a sliding count of product views, the funnel from view to
 * order, and who orders again on later days.
 */
public final class TrialTruth {
  private static final long TEN_MINUTES = Duration.ofMinutes(10).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long WITHIN = Duration.ofHours(2).toMillis();

  private final CanonicalReader reader;
  private final Map<String, Long> revenue = new TreeMap<>();
  private final Map<String, Long> views = new TreeMap<>();
  private final Map<String, Shopping> bySubject = new HashMap<>();

  private TrialTruth(ContractCatalog catalog) {
    reader = new CanonicalReader(catalog);
  }

  /** When a subject did what. */
  private static final class Shopping {
    private final TreeSet<Long> views = new TreeSet<>();
    private final TreeSet<Long> carts = new TreeSet<>();
    private final TreeSet<Long> orders = new TreeSet<>();

    /** How many steps of the funnel follow a view, itself included. */
    int depth(long view) {
      Long cart = carts.ceiling(view);
      if (cart == null || cart > view + WITHIN) {
        return 1;
      }
      Long order = orders.ceiling(cart);
      return order == null || order > view + WITHIN ? 2 : 3;
    }
  }

  /** Of all events committed to the topic. */
  public static TrialTruth of(KafkaConnection kafka, String topic, ContractCatalog catalog) {
    TrialTruth truth = new TrialTruth(catalog);
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
    Shopping shopping = bySubject.computeIfAbsent(subject, s -> new Shopping());
    switch (event.contract().type()) {
      case "product_viewed" -> {
        shopping.views.add(time);
        long last = start(time, TEN_MINUTES);
        for (long window = last + TEN_MINUTES - HOUR; window <= last; window += TEN_MINUTES) {
          views.merge(Long.toString(window), 1L, Long::sum);
        }
      }
      case "cart_added" -> shopping.carts.add(time);
      case "order_placed" -> {
        shopping.orders.add(time);
        String currency = event.text(event.contract().field("currency").position());
        long cents = event.longValue(event.contract().field("amount_cents").position());
        revenue.merge(start(time, HOUR) + " " + currency, cents, Long::sum);
      }
      default -> {
        // Of no part in these views.
      }
    }
  }

  private static long start(long time, long size) {
    return Math.floorDiv(time, size) * size;
  }

  /** Cents by the hour's start and their currency, a blank between. */
  public Map<String, Long> revenue() {
    return revenue;
  }

  /** Product views of an hour, by its start; an hour begins every ten minutes. */
  public Map<String, Long> views() {
    return views;
  }

  /** Subjects by the day's start and the step of the funnel that they came to, from 1. */
  public Map<String, Long> funnel() {
    Map<String, Long> users = new TreeMap<>();
    for (Shopping shopping : bySubject.values()) {
      Map<Long, Integer> depths = new HashMap<>();
      shopping.views.forEach(
          view -> depths.merge(start(view, DAY), shopping.depth(view), Math::max));
      depths.forEach(
          (day, depth) -> {
            for (int step = 1; step <= depth; step++) {
              users.merge(day + " " + step, 1L, Long::sum);
            }
          });
    }
    return users;
  }

  /** Subjects by the day of their first order and the period in which they came back. */
  public Map<String, Long> retained() {
    Map<String, Long> users = new TreeMap<>();
    for (Shopping shopping : bySubject.values()) {
      TreeSet<Long> days = new TreeSet<>();
      shopping.orders.forEach(order -> days.add(Math.floorDiv(order, DAY)));
      if (!days.isEmpty()) {
        long first = days.first();
        String cohort = LocalDate.ofEpochDay(first) + " ";
        users.merge(cohort + "users", 1L, Long::sum);
        users.merge(cohort + "D1", days.contains(first + 1) ? 1L : 0L, Long::sum);
        users.merge(cohort + "D2", days.contains(first + 2) ? 1L : 0L, Long::sum);
        users.merge(cohort + "D1+", days.size() > 1 ? 1L : 0L, Long::sum);
      }
    }
    return users;
  }
}
