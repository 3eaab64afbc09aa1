package dev.thalweg.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.testkit.Repository;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What an experiment needs, in figures. */
final class PlanExperimentTest {
  private final StringWriter out = new StringWriter();
  private String failure = "";

  private int plan(String arguments) {
    String file = Repository.file("flink-conf/experiments/checkout.yaml").toString();
    CommandLine command =
        new CommandLine(new PlanExperiment())
            .setOut(new PrintWriter(out, true))
            .setExecutionExceptionHandler(
                (thrown, line, parsed) -> {
                  failure = thrown.getMessage();
                  return 2;
                });
    return command.execute((file + " " + arguments).split(" "));
  }

  @Test
  void showsUnitsAndDaysByBothRules() {
    assertThat(plan("--metric purchase --rate 0.12 --effect 0.05 --units-per-day 20000")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            To find an effect of 5.00 % with a probability of 80.00 %, alpha 0.05:

            the scorecard is read  control  treatment   units  days
            ---------------------  -------  ---------  ------  ----
            one look at the end      47033      47033   94066   4.7
            any number of looks     110245     110245  220490  11.0

            What 220,490 units find:

            effect  one look at the end  any number of looks
            ------  -------------------  -------------------
            5.00 %              99.01 %              80.00 %
            3.75 %              89.71 %              41.21 %
            2.50 %              57.77 %               9.82 %
            1.25 %              19.08 %               0.90 %
            0.00 %               5.00 %               0.06 %
            """);
  }

  @Test
  void takesMeanAndVarianceOfOtherMetrics() {
    assertThat(plan("--metric revenue --mean 500 --variance 900000 --effect -0.02 --power 0.9"))
        .isZero();
    assertThat(out.toString())
        .startsWith("To find an effect of -2.00 % with a probability of 90.00 %, alpha 0.05:")
        .contains("any number of looks")
        .doesNotContain("days", "-0.00 %");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--metric purchase --effect 0.1 | purchase is a conversion: give --rate alone",
        "--metric revenue --rate 0.1 --effect 0.1 | revenue is no conversion: give --mean and --variance, and no --rate",
        "--metric clicks --rate 0.1 --effect 0.1 | --metric clicks: there are: purchase, revenue",
        "--metric purchase --rate 1.5 --effect 0.1 | a share of 1.5 is not between 0 and 1",
        "--metric purchase --rate 0.5 --effect 0 | an effect of 0.0 cannot be planned for",
        "--metric purchase --rate 0.5 --effect 0.1 --units-per-day 0 | 0.0 units a day are not positive",
      })
  void tellsWhatCannotBePlanned(String arguments, String message) {
    assertThat(plan(arguments)).isEqualTo(2);
    assertThat(failure).isEqualTo(message);
    assertThat(out.toString()).isEmpty();
  }
}
