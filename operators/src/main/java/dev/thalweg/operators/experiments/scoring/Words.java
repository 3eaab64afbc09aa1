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

  private static String ofNumber(double number) {
    String digits =
        new BigDecimal(number).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    return number > 0 ? "+" + digits : digits;
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
