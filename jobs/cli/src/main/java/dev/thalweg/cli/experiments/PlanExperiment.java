package dev.thalweg.cli.experiments;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.ThalwegCommand;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.BaselineMetric;
import dev.thalweg.operators.experiments.statistics.SamplePlan;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code experiments plan FILE --metric NAME ...}. */
@Command(
    name = "plan",
    description = "Says how many units and days an experiment needs to find an effect.",
    footer = {
      "",
      "Example: scripts/experiments plan flink-conf/experiments/checkout.yaml --metric purchase"
          + " --rate 0.12 --effect 0.05 --units-per-day 20000"
    })
public final class PlanExperiment extends ThalwegCommand {
  @Mixin private ExperimentArgument experiment;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      required = true,
      description = "one of the experiment's metrics")
  private String name;

  @Option(
      names = "--rate",
      paramLabel = "SHARE",
      description = "of a conversion: the share of units that convert without the experiment")
  private Double rate;

  @Option(
      names = "--mean",
      paramLabel = "NUMBER",
      description = "of other metrics: the mean of units' outcomes without the experiment")
  private Double mean;

  @Option(
      names = "--variance",
      paramLabel = "NUMBER",
      description = "of one unit's outcome, within cap and floor; with CUPED, what is left of it")
  private Double variance;

  @Option(
      names = "--effect",
      paramLabel = "SHARE",
      required = true,
      description = "the smallest relative effect worth finding, such as 0.05 or -0.02")
  private double effect;

  @Option(
      names = "--power",
      paramLabel = "SHARE",
      defaultValue = "0.8",
      description = "the probability to find it; by default ${DEFAULT-VALUE}")
  private double power;

  @Option(
      names = "--units-per-day",
      paramLabel = "N",
      description = "new units a day that take part, all variants together")
  private Double unitsPerDay;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ExperimentDefinition definition = experiment.read();
    List<Variant> variants = variants(definition.design().allocation());
    try {
      BaselineMetric before = before(metric(definition));
      List<Double> weights = variants.stream().map(variant -> (double) variant.weight()).toList();
      SamplePlan plan = new SamplePlan(before, weights, definition.statistics());
      PrintWriter out = spec.commandLine().getOut();
      out.print(new PlanTable(plan, variants, effect, power, unitsPerDay));
      out.flush();
      return 0;
    } catch (IllegalArgumentException e) {
      throw CommandFailure.wrongInput(e.getMessage(), e);
    }
  }

  /** Those that get units, the baseline first. */
  private static List<Variant> variants(Allocation allocation) {
    return allocation.variants().stream()
        .filter(variant -> variant.weight() > 0 || isBaseline(variant, allocation))
        .sorted(Comparator.comparing(variant -> !isBaseline(variant, allocation)))
        .toList();
  }

  private static boolean isBaseline(Variant variant, Allocation allocation) {
    return variant.name().equals(allocation.baseline());
  }

  private OutcomeMetric metric(ExperimentDefinition definition) {
    List<OutcomeMetric> metrics = definition.design().metrics();
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--metric %s: there are: %s"
                        .formatted(
                            name,
                            String.join(
                                ", ", metrics.stream().map(OutcomeMetric::name).toList()))));
  }

  private BaselineMetric before(OutcomeMetric metric) {
    if (metric.kind() == OutcomeKind.CONVERSION) {
      if (rate == null || mean != null || variance != null) {
        throw new IllegalArgumentException(name + " is a conversion: give --rate alone");
      }
      return BaselineMetric.conversion(rate);
    }
    if (rate != null || mean == null || variance == null) {
      throw new IllegalArgumentException(
          name + " is no conversion: give --mean and --variance, and no --rate");
    }
    return BaselineMetric.of(mean, variance);
  }
}
