package dev.thalweg.operators.metrics;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Who comes back.
 *
 * @param name in snake_case, unique
 * @param events which events; the first of a subject puts it into its cohort
 * @param cohort how cohorts are told apart
 * @param periods after which time, from 1 to 100
 */
public record RetentionDefinition(
    String name, EventSelector events, Cohort cohort, List<Period> periods)
    implements Serializable {

  /** The calendar unit of a cohort, in the zone of the metrics; weeks begin on Monday. */
  public enum Cohort {
    /** A day. */
    DAY,
    /** A week. */
    WEEK,
    /** A month. */
    MONTH
  }

  /**
   * A period: {@code D7} is the seventh calendar day after the first; {@code D7+} that or a later
   * one; {@code W2} and {@code M1} count weeks of the calendar and months in the same way.
   *
   * @param unit days, weeks or months
   * @param number how many after the first, from 0
   * @param orLater whether later ones count too
   */
  public record Period(Cohort unit, int number, boolean orLater) implements Serializable {
    /**
     * Reads a period such as {@code D7}, {@code M1} or {@code D7+}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Period parse(String text) {
      if (!text.matches("[DWM](0|[1-9][0-9]{0,3})\\+?")) {
        throw new IllegalArgumentException("periods: use D7, D7+, W2 or M1, not '" + text + "'");
      }
      boolean orLater = text.endsWith("+");
      int number = Integer.parseInt(text.substring(1, text.length() - (orLater ? 1 : 0)));
      Cohort unit =
          switch (text.charAt(0)) {
            case 'D' -> Cohort.DAY;
            case 'W' -> Cohort.WEEK;
            default -> Cohort.MONTH;
          };
      return new Period(unit, number, orLater);
    }

    @Override
    public String toString() {
      return unit.name().charAt(0) + Integer.toString(number) + (orLater ? "+" : "");
    }
  }

  /** Refuses what does not fit together, with the key that is wrong first in the message. */
  public RetentionDefinition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(events, "events");
    Objects.requireNonNull(cohort, "cohort");
    periods = List.copyOf(periods);
    if (periods.isEmpty() || periods.size() > 100) {
      throw new IllegalArgumentException("periods: from 1 to 100, are " + periods.size());
    }
    if (periods.stream().distinct().count() < periods.size()) {
      throw new IllegalArgumentException("periods: one stands twice");
    }
  }
}
