package dev.thalweg.cli.experiments;

import dev.thalweg.cli.TextTable;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.Power;
import dev.thalweg.operators.experiments.statistics.SamplePlan;
import dev.thalweg.operators.experiments.statistics.SampleSize;
import dev.thalweg.operators.experiments.statistics.StoppingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plan in figures: how many units by each rule of stopping, and what so many units would find.
 *
 * @param plan the plan
 * @param variants with units, the baseline first
 * @param effect relative
 * @param power the probability to find it
 * @param unitsPerDay null where that is not known
 */
record PlanTable(
    SamplePlan plan, List<Variant> variants, double effect, double power, Double unitsPerDay) {

  private static String rule(StoppingRule rule) {
    return rule == StoppingRule.FIXED_HORIZON ? "one look at the end" : "any number of looks";
  }

  @Override
  public String toString() {
    SampleSize anytime = plan.size(StoppingRule.ANYTIME_VALID, effect, power);
    return "To find an effect of %s with a probability of %s, alpha %s:%n%n%s%n%n%s%n%n%s%n"
        .formatted(
            percent(effect),
            percent(power),
            plan.test().alpha(),
            sizes(anytime),
            String.format(Locale.ROOT, "What %,d units find:", anytime.total()),
            powers(anytime.total()));
  }

  private TextTable sizes(SampleSize anytime) {
    List<String> headings = new ArrayList<>(List.of("the scorecard is read"));
    variants.forEach(variant -> headings.add(variant.name()));
    headings.add("units");
    if (unitsPerDay != null) {
      headings.add("days");
    }
    TextTable table = new TextTable(headings);
    for (int column = 1; column < headings.size(); column++) {
      table.alignRight(column);
    }
    return table
        .row(row(StoppingRule.FIXED_HORIZON, plan.size(StoppingRule.FIXED_HORIZON, effect, power)))
        .row(row(StoppingRule.ANYTIME_VALID, anytime));
  }

  private List<String> row(StoppingRule rule, SampleSize size) {
    List<String> cells = new ArrayList<>(List.of(rule(rule)));
    size.units().forEach(units -> cells.add(Long.toString(units)));
    cells.add(Long.toString(size.total()));
    if (unitsPerDay != null) {
      cells.add(String.format(Locale.ROOT, "%.1f", size.days(unitsPerDay)));
    }
    return cells;
  }

  private TextTable powers(long units) {
    TextTable table =
        TextTable.of("effect", rule(StoppingRule.FIXED_HORIZON), rule(StoppingRule.ANYTIME_VALID))
            .alignRight(0)
            .alignRight(1)
            .alignRight(2);
    for (Power found : Power.table(plan, effect, units)) {
      table.row(
          percent(found.relative()), percent(found.fixedHorizon()), percent(found.anytimeValid()));
    }
    return table;
  }

  /** Adding 0 takes the sign from a negative one. */
  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share + 0.0);
  }
}
