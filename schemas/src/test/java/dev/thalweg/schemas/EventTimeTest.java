package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1969-12-31T23:59:59.999Z, -1",
    "1969-12-31T23:59:59.9985Z, -2",
    "2026-11-01T10:00:00Z, 1793527200000",
    "2026-11-01T10:00:00.5Z, 1793527200500",
    "2026-11-01T10:00:00.123456789Z, 1793527200123",
    "2026-11-01T12:00:00+02:00, 1793527200000",
    "2026-11-01T04:30:00.250-05:30, 1793527200250",
    "2026-11-01T10:00Z, 1793527200000",
    "2024-02-29T00:00:00Z, 1709164800000",
    "2000-02-29T12:00:00Z, 951825600000",
    "2026-12-31T23:59:59Z, 1798761599000",
    "9999-12-31T23:59:59Z, 253402300799000",
    "+10000-01-01T00:00:00Z, 253402300800000",
    "+999999999-12-31T23:59:59Z, 9223372036854775807",
    "-999999999-01-01T00:00:00Z, -9223372036854775807"
  })
  void readsInstants(String text, long millis) {
    assertThat(EventTime.parse(text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-01",
        "10:00:00Z",
        "2026-11-01T10:00:00",
        "2026-11-01 10:00:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-11-01T25:00:00Z",
        "2026-11-01T10:60:00Z",
        "2026-11-01T10:00:60Z",
        "2026-11-01T10:00:00.1234567890Z",
        "2026-11-01T10:00:00.12x456Z",
        "2026-11-01T10:00:00+25:00",
        "20261101T100000Z",
        "2026-11-01T10:00:00Z ",
        "1793527200000",
        "20x6-11-01T10:00:00Z",
        "\u0662\u0660\u0662\u0666-11-01T10:00:00Z",
        "2026-11-01T10:00:00ZZ",
        "-----------T--:--:--Z"
      })
  void refusesWhatIsNoInstant(String text) {
    assertThat(EventTime.parse(text)).isEqualTo(EventTime.INVALID);
  }

  @Property
  void agreesWithTheLibraryWhateverTheOffset(
      @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long millis,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
    Instant instant = Instant.ofEpochMilli(millis);
    assertThat(EventTime.parse(instant.toString())).isEqualTo(millis);
    String shifted =
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            instant.atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60)));
    assertThat(EventTime.parse(shifted)).isEqualTo(millis);
  }
}
