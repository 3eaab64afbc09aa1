package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.DefinitionSerializer;
import dev.thalweg.operators.experiments.definition.Definitions;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Serializers of this package and of definitions, and what to try them on. */
public final class ScoringSamples {
  private ScoringSamples() {}

  /** A serializer and a list of values each. */
  public static Stream<Arguments> values() {
    ExperimentDefinition definition = Scorings.definition(-0.02, 1, 1);
    PhaseBook book = new PhaseBook(Scorings.shape(definition));
    long minute = Scorings.START / 60_000;
    book.add(Scorings.delta(definition, minute, Scorings.arm(5, 0.5, 0.1), Scorings.arm(0, 0, 0)));
    book.closeNext(minute + 1);
    book.add(Scorings.delta(definition, minute + 2, Scorings.arm(3, 1, 1), Scorings.arm(4, 1, 0)));
    PhaseDelta refused = new PhaseDelta(book.shape());
    refused.droppedExposure(1, "rule_violation", 7);
    refused.count(Scorings.event(minute * 60_000, 3, 1L << 40));
    refused.count(Scorings.event((minute + 3) * 60_000, 0, 0));
    book.add(refused);
    book.sampleRatio(0.25);
    book.told(new ToldDecision("ship größe", 7, 300));
    return Stream.of(
        Arguments.of(new ExperimentRowSerializer(), rows(book, definition)),
        Arguments.of(
            new PhaseBookSerializer(), List.of(new PhaseBook(Scorings.shape(definition)), book)),
        Arguments.of(
            new PhaseVersionSerializer(), List.of(new PhaseVersion("größe/2", definition))),
        Arguments.of(new DefinitionSerializer(), List.of(Definitions.checkout(), definition)));
  }

  private static List<ExperimentRow> rows(PhaseBook book, ExperimentDefinition definition) {
    List<ExperimentRow> rows = new ArrayList<>();
    PhaseRows.of(book, definition, rows::add);
    rows.add(
        new ExperimentRow.Decided(
            "x", 2, -5, new Decision(Verdict.SHIP, "größe", "so"), "{}", "{\"ö\":1}"));
    rows.add(
        new ExperimentRow.Decided(
            "x", 2, 5, new Decision(Verdict.CONTINUE, null, "so", 100, "größe", true), "{}", null));
    rows.add(new ExperimentRow.Drops("x", 2, "größe", "rule_violation", 3, 4, 5));
    rows.add(new ExperimentRow.Document("x", 2, "{\"ö\":1}", 6));
    ScorecardRow different =
        new ScorecardRow(
            "a", "b", 3L, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0,
            15.0, "note");
    rows.add(new ExperimentRow.Score("x", 1, "m", different, 16, 17));
    rows.add(new ExperimentRow.Health("x", 1, 1, 0.2, 0.3, 4, 5, 6, 7, "ok", 8, 9));
    return rows;
  }
}
