package dev.thalweg.cli.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeRuleTest {

  private record OneColumn(String text) implements Row {
    @Override
    public byte[] raw() {
      return new byte[0];
    }

    @Override
    public long number() {
      return 1;
    }

    @Override
    public long line() {
      return 1;
    }

    @Override
    public String text(String column) {
      return text.isEmpty() ? null : text;
    }

    @Override
    public Map<String, Object> values() {
      return Map.of("t", text);
    }
  }

  private static String read(String format, String zone, String text) {
    return TimeRule.column("t", format, ZoneId.of(zone)).millis(new OneColumn(text)).stream()
        .mapToObj(millis -> Instant.ofEpochMilli(millis).toString())
        .findFirst()
        .orElse("none");
  }

  @Test
  void readsPatternsInTheirZone() {
    String ab = "yyyy-MM-dd HH:mm:ss.SSSSSS";
    assertThat(read("yyyy-MM-dd HH:mm:ss 'UTC'", "UTC", "2019-10-01 00:00:01 UTC"))
        .isEqualTo("2019-10-01T00:00:01Z");
    assertThat(read(ab, "UTC", "2017-01-21 22:11:48.556739")).isEqualTo("2017-01-21T22:11:48.556Z");
    assertThat(read(ab, "UTC", "2017-01-21 22:11:48.55673")).isEqualTo("none");
    assertThat(read("yyyyMMdd", "Europe/Berlin", "19970101")).isEqualTo("1996-12-31T23:00:00Z");
    assertThat(read("yyyy-MM-dd HH:mm xxx", "Europe/Berlin", "2020-01-01 10:00 +05:00"))
        .isEqualTo("2020-01-01T05:00:00Z");
  }

  @Test
  void readsNamedFormats() {
    assertThat(read("iso", "UTC", "2020-01-01T10:00:00.5+02:00"))
        .isEqualTo("2020-01-01T08:00:00.500Z");
    assertThat(read("iso", "Europe/Berlin", "2020-01-01T10:00:00"))
        .isEqualTo("2020-01-01T09:00:00Z");
    assertThat(read("iso", "UTC", "2020-01-01")).isEqualTo("2020-01-01T00:00:00Z");
    assertThat(read("epoch-millis", "UTC", "1500")).isEqualTo("1970-01-01T00:00:01.500Z");
    assertThat(read("epoch-seconds", "UTC", "-1.0005")).isEqualTo("1969-12-31T23:59:58.999Z");
  }

  @Test
  void hasNoTimeForWhatIsNone() {
    assertThat(read("iso", "UTC", "")).isEqualTo("none");
    assertThat(read("iso", "UTC", "2019-02-29")).isEqualTo("none");
    assertThat(read("epoch-millis", "UTC", "1e3")).isEqualTo("none");
    assertThat(read("epoch-seconds", "UTC", "1e999999999")).isEqualTo("none");
    assertThat(read("yyyy-MM-dd", "UTC", "2019-13-01")).isEqualTo("none");
  }
}
