package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Numbers as reasons of decisions have them; alike on every machine. */
final class Words {
  private Words() {}

  static String of(Duration time) {
    long days = time.toDays();
    return days > 0
        ? "%d d %d h".formatted(days, time.toHoursPart())
        : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }

  static String ofCount(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String ofP(double p) {
    return String.format(Locale.ROOT, p < 0.0001 ? "%.1e" : "%.4f", p);
  }

  static String ofShare(double share) {
    return String.format(Locale.ROOT, "%+.2f %%", 100 * share);
  }

  static String ofPercent(double percent) {
    return digits(percent) + " %";
  }

  private static String ofNumber(double number) {
    return number > 0 ? "+" + digits(number) : digits(number);
  }

  private static String digits(double number) {
    return new BigDecimal(number).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  static String ofEffect(String metric, ScorecardRow row) {
    String relative = row.effectRelative() == null ? "" : ", " + ofShare(row.effectRelative());
    return String.format(
        Locale.ROOT,
        "%s of %s: %s%s (p = %s)",
        metric,
        row.variant(),
        ofNumber(row.effect()),
        relative,
        ofP(row.pValueHolm()));
  }
}
