package dev.thalweg.cli.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScorecardTextTest {
  private static final String WHOLE =
      """
      checkout · owner growth · phase 1 · version 1
      since 2 Mar 2026, 00:00 UTC · running · arrivals counted to 6 Mar 2026, 12:00 UTC

      DECISION: ship treatment, done automatically · since 5 Mar 2026, 12:00 UTC
      because purchase of treatment: +0.015, +12.50 % (p = 0.0300)

      variant    weight   units   share  promised
      ---------  ------  ------  ------  --------
      treatment      50  10,000  50.0 %    10,000
      control        50  10,000  50.0 %    10,000

      health: ok
      sample ratio: p = 1 at any look, p = 0.8415 as one look; below 0.001 it is broken
      left out: 7 units seen in several variants, 0 exposures not valid, 1 outcome before the exposure,
        1,234 units with outcomes and never exposed
      refused exposures: treatment 412 rule_violation, control 1 unreadable

      purchase
        treatment converts 12.5 % more (from +0.12 % to +24.9 %), which is sure at any look: p = 0.0300.

        variant     units    rate   effect  relative  interval at any look       p    Holm  one look
        ---------  ------  ------  -------  --------  --------------------  ------  ------  --------
        control    10,000    12 %
        treatment  10,000  13.5 %  +1.5 pp   +12.5 %       +0.1 to +2.9 pp  0.0300  0.0300    0.0015

        treatment  ┣━━━━━━━━━━━━━━━━━━━━━━━━━━━●━━━━━━━━━━━━━━━━━━━━━━━━━━┫             +0.12 % to +24.9 %
                   0 %                 +10 %                 +20 %               +30 %

      amount
        treatment: no difference is sure yet (-1 %, from -5 % to +3 %; p = 1).
        Guardrail: amount may fall by 2 %. treatment may break it still.

        variant     units  mean  effect  relative  interval at any look  p  Holm  one look
        ---------  ------  ----  ------  --------  --------------------  -  ----  --------
        control    10,000   500
        treatment  10,000   495      -5      -1 %            -25 to +15  1     1    0.4795
        treatment by CUPED, the time before exposure taken out: -3.25, standard error 4.5

        treatment         ┣━━━━━━━━━━━━━━━━━━━━━◆━━━━━━●━━━━━━┿━━━━━━━━━━━━━━━━━━━━━┫         -5 % to +3 %
                   -6 %        -4 %           -2 %           0 %           +2 %         +4 %

      │ no effect   ┣━┫ interval at any look   ● estimate   ◆ tolerated by a guardrail
      pp: percentage points. one look: true only if nobody looked before.

      decisions, the newest first
      5 Mar 2026, 12:00 UTC: ship treatment: purchase of treatment: +0.015, +12.50 % (p = 0.0300)
      2 Mar 2026, 12:00 UTC: continue: 12 h 0 min of 3 d 0 h
      """;

  private static List<String> lines(PhaseScorecard card) {
    return ScorecardText.lines(card, Glyphs.UNICODE);
  }

  private static PhaseScorecard without(PhaseNumbers numbers) {
    return new PhaseScorecard(
        "checkout",
        List.of(TestScorecards.definition(TestScorecards.CHECKOUT)),
        Optional.empty(),
        numbers);
  }

  @Test
  void saysAllOfIt() {
    assertThat(String.join("\n", lines(TestScorecards.checkout())) + "\n").isEqualTo(WHOLE);
  }

  @Test
  void isPlainWhereTheTerminalIs() {
    List<String> plain =
        ScorecardText.lines(TestScorecards.checkout(), Glyphs.of(StandardCharsets.US_ASCII));

    assertThat(String.join("", plain)).matches("\\p{ASCII}*");
    assertThat(plain)
        .contains(
            "checkout | owner growth | phase 1 | version 1",
            "| no effect   [=] interval at any look   o estimate   ! tolerated by a guardrail",
            "  treatment         [=====================!======o======+=====================]"
                + "         -5 % to +3 %");
    assertThat(plain).hasSameSizeAs(lines(TestScorecards.checkout()));
    assertThat(Glyphs.of(StandardCharsets.UTF_8)).isEqualTo(Glyphs.UNICODE);
  }

  @Test
  void saysThatThereAreNoNumbers() {
    assertThat(lines(without(PhaseNumbers.none(1))))
        .containsExactly(
            "checkout · owner growth · phase 1 · version 1",
            "since 2 Mar 2026, 00:00 UTC · no numbers yet",
            "",
            "No numbers yet: no exposure was counted.",
            "",
            "variant    weight  units  share  promised",
            "---------  ------  -----  -----  --------",
            "treatment      50      0      –         0",
            "control        50      0      –         0");
  }

  @Test
  void saysWhatIsKnownWithoutADefinition() {
    PhaseScorecard card =
        new PhaseScorecard("checkout", List.of(), Optional.empty(), TestScorecards.numbers());

    assertThat(lines(card))
        .startsWith("checkout · phase 1", "running · arrivals counted to 6 Mar 2026, 12:00 UTC")
        .contains(
            "DECISION: ship treatment · since 5 Mar 2026, 12:00 UTC",
            "control         –  10,000  50.0 %         –")
        .noneMatch(line -> line.contains("Guardrail"));
  }

  @Test
  void anExperimentStopsByWhatWasCounted() {
    PhaseNumbers numbers = TestScorecards.numbers();
    String early = TestScorecards.CHECKOUT + "stop: 2026-03-04T00:00:00Z\n";
    ExperimentDefinition stopped = TestScorecards.definition(early);
    ExperimentDefinition stopping =
        TestScorecards.definition(early.replace("2026-03-04", "2026-03-09"));

    assertThat(lines(new PhaseScorecard("a", List.of(stopped), Optional.empty(), numbers)).get(1))
        .contains(" · stopped on 4 Mar 2026, 00:00 UTC · ");
    assertThat(lines(new PhaseScorecard("a", List.of(stopping), Optional.empty(), numbers)).get(1))
        .contains(" · running, stops on 9 Mar 2026, 00:00 UTC · ");
  }

  @Test
  void aPhaseIsFollowedByTheNext() {
    ExperimentDefinition first = TestScorecards.definition(TestScorecards.CHECKOUT);
    ExperimentDefinition second =
        TestScorecards.definition(
                TestScorecards.CHECKOUT
                    .replace("control: 50", "control: 10")
                    .replace("03-02T00", "03-05T00"))
            .after(first);
    ExperimentView view =
        new ExperimentView("checkout", List.of(first, second), List.of(TestScorecards.numbers()));

    assertThat(view.phases()).containsExactly(1, 2);
    assertThat(lines(view.newest()).get(1))
        .contains("followed by phase 2 from 5 Mar 2026, 00:00 UTC");
    assertThat(lines(view.phase(2))).contains("No numbers yet: no exposure was counted.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok",
        "sample_ratio_mismatch",
        "no_units",
        "crossover",
        "units_without_weight",
        "something_new"
      })
  void saysItsStatus(String status) {
    PhaseNumbers numbers = TestScorecards.numbers();
    PhaseNumbers with =
        new PhaseNumbers(
            1,
            numbers.metrics(),
            Optional.of(TestScorecards.health(status)),
            List.of(),
            List.of(),
            0);

    String said =
        switch (status) {
          case "ok" -> "health: ok";
          case "sample_ratio_mismatch" ->
              "health: the sample ratio is broken: believe none of these numbers";
          case "no_units" -> "health: no units yet";
          case "crossover" -> "health: more than 1 % of the units were seen in several variants";
          case "units_without_weight" ->
              "health: more than 1 % of the units got a variant of weight 0";
          default -> "health: something_new";
        };
    assertThat(lines(without(with))).contains(said, "DECISION: none yet");
  }

  @Test
  void linesAreNeverTooLong() {
    List<PhaseScorecard> cards = new ArrayList<>();
    cards.add(TestScorecards.checkout());
    cards.add(TestScorecards.named("n".repeat(5000)));
    cards.add(TestScorecards.named("word ".repeat(1000)));
    cards.add(
        new PhaseScorecard(
            "large",
            List.of(),
            Optional.empty(),
            new PhaseNumbers(
                1,
                List.of(
                    new PhaseNumbers.MetricScores(
                        "m",
                        List.of(
                            TestScorecards.baseline("control", 1L << 40, 1.5e14, 1e20),
                            TestScorecards.compared(
                                "treatment-" + "x".repeat(30),
                                TestScorecards.arm(1L << 40, 2.5e14, 1e20),
                                1.5e14,
                                1e13,
                                3.3e13,
                                0.00001,
                                0.5)))),
                Optional.empty(),
                List.of(),
                List.of(),
                0)));

    assertThat(cards)
        .allSatisfy(card -> assertThat(lines(card)).allMatch(line -> line.length() <= 100));
  }
}
