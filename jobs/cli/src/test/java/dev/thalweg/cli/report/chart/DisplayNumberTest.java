package dev.thalweg.cli.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayNumberTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "51376046 | 51,376,046",
        "-1234 | -1,234",
        "1234.56 | 1,234.6",
        "12.5 | 12.5",
        "0.25 | 0.25",
        "0.123456 | 0.1235",
        "999.996 | 1,000",
        "1e18 | 1.00e+18",
        "0.00001 | 1.00e-05",
        "NaN | NaN",
      })
  void separatesThousands(double value, String text) {
    assertThat(DisplayNumber.of(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 33.3 %", "0, 3, 0.0 %", "0, 0, –"})
  void sharesHaveOneDecimal(long part, long whole, String text) {
    assertThat(DisplayNumber.share(part, whole)).isEqualTo(text);
  }
}
