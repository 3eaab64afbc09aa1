package dev.thalweg.cli.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Optional;
import java.util.OptionalLong;

/** Where an event's time comes from. */
final class TimeRule {

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  /** Reads the text of a time. */
  private interface Reading {
    long millis(String text);
  }

  private final String column;
  private final Reading reading;
  private final long constant;

  private TimeRule(String column, Reading reading, long constant) {
    this.column = column;
    this.reading = reading;
    this.constant = constant;
  }

  static TimeRule constant(String text) {
    try {
      return new TimeRule(null, null, OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' must be a time such as 2026-03-02T00:00:00Z", e);
    }
  }

  static TimeRule column(String column, String format, ZoneId zone) {
    return new TimeRule(column, reading(format, zone), 0);
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' must be a time zone such as UTC or Europe/Berlin", e);
    }
  }

  /** Refuses a format that is neither a name nor a pattern. */
  static String checkedFormat(String format) {
    reading(format, ZoneId.of("UTC"));
    return format;
  }

  Optional<String> column() {
    return Optional.ofNullable(column);
  }

  /** The time in epoch milliseconds; empty if the row has none that can be read. */
  OptionalLong millis(Row row) {
    if (column == null) {
      return OptionalLong.of(constant);
    }
    String text = row.text(column);
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(reading.millis(text));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static Reading reading(String format, ZoneId zone) {
    return switch (format) {
      case "epoch-millis" -> Long::parseLong;
      case "epoch-seconds" -> TimeRule::seconds;
      case "iso" -> text -> millis(ISO, text, zone);
      default -> {
        DateTimeFormatter formatter = formatter(format);
        yield text -> millis(formatter, text, zone);
      }
    };
  }

  private static long seconds(String text) {
    BigDecimal millis = new BigDecimal(text).movePointRight(3);
    if (millis.precision() - millis.scale() > 19) {
      throw new ArithmeticException("beyond every calendar");
    }
    return millis.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static DateTimeFormatter formatter(String pattern) {
    try {
      return new DateTimeFormatterBuilder()
          .appendPattern(pattern)
          .parseDefaulting(ChronoField.ERA, 1)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + pattern
              + "' must be iso, epoch-millis, epoch-seconds or a date pattern ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private static long millis(DateTimeFormatter formatter, String text, ZoneId zone) {
    TemporalAccessor read = formatter.parse(text);
    if (read.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(read).toEpochMilli();
    }
    LocalDate date = LocalDate.from(read);
    LocalTime time = read.query(TemporalQueries.localTime());
    return (time == null ? date.atStartOfDay(zone) : date.atTime(time).atZone(zone))
        .toInstant()
        .toEpochMilli();
  }
}
