package dev.thalweg.schemas;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** Reads ISO-8601 instants. */
final class EventTime {
  /** What {@link #parse} returns for a text that is no instant. */
  static final long INVALID = Long.MIN_VALUE;

  private static final long DAY_SECONDS = 86_400;

  private EventTime() {}

  /**
   * Milliseconds since 1970 (rounded down) of a date and time with an offset or Z, or {@link
   * #INVALID}.
   */
  static long parse(String text) {
    long millis = parseUtc(text);
    return millis != INVALID ? millis : parseAny(text);
  }

  /**
   * The form nearly all producers send, {@code 2026-11-01T10:00:00[.fraction]Z}, without
   * allocation.
   */
  private static long parseUtc(String text) {
    int length = text.length();
    if (length < 20
        || length > 30
        || text.charAt(length - 1) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-') {
      return INVALID;
    }
    if (text.charAt(10) != 'T' || text.charAt(13) != ':' || text.charAt(16) != ':') {
      return INVALID;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    int millis = length == 20 ? 0 : fraction(text, length - 1);
    if ((year | month | day | hour | minute | second | millis) < 0) {
      return INVALID;
    }
    if (month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59) {
      // The 29th to the 31st take the calendar's own rules.
      return INVALID;
    }
    return (epochDay(year, month, day) * DAY_SECONDS + hour * 3600L + minute * 60L + second) * 1000
        + millis;
  }

  private static int fraction(String text, int end) {
    if (text.charAt(19) != '.' || end == 20) {
      return -1;
    }
    if (digits(text, 20, end) < 0 && end - 20 <= 9) {
      return -1;
    }
    int shown = Math.min(3, end - 20);
    int millis = digits(text, 20, 20 + shown);
    for (int i = shown; i < 3; i++) {
      millis *= 10;
    }
    return millis;
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Days since 1970-01-01 in the proleptic Gregorian calendar, counting years from March. */
  private static long epochDay(int year, int month, int day) {
    long y = month > 2 ? year : year - 1L;
    long m = month > 2 ? month - 3 : month + 9;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153 * m + 2) / 5 + day - 1;
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
  }

  private static long parseAny(String text) {
    Instant instant;
    try {
      instant =
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, OffsetDateTime::from).toInstant();
    } catch (DateTimeException e) {
      return INVALID;
    }
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) {
      // Hundreds of millions of years away: readable, and for the time check to refuse.
      return instant.getEpochSecond() < 0 ? Long.MIN_VALUE + 1 : Long.MAX_VALUE;
    }
  }
}
