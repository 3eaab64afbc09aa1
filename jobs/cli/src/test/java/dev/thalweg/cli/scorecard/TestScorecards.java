package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.scorecard.PhaseNumbers.Decided;
import dev.thalweg.cli.scorecard.PhaseNumbers.Drop;
import dev.thalweg.cli.scorecard.PhaseNumbers.Health;
import dev.thalweg.cli.scorecard.PhaseNumbers.MetricScores;
import dev.thalweg.jobs.experiments.ExperimentFile;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.statistics.ArmEstimate;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Made-up scorecards of 2 March 2026 and after. */
final class TestScorecards {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  static final String CHECKOUT =
      """
      experiment: checkout
      owner: growth
      unit: user_id
      effective_from: 2026-03-02T00:00:00Z
      variants: {treatment: 50, control: 50}
      baseline: control
      exposure: {event: experiment_exposed}
      metrics:
        - {name: purchase, kind: conversion, event: goal_reached}
        - {name: amount, kind: sum, event: order_placed, of: amount_cents, cuped: 14d}
      guardrails: [{metric: amount, tolerance: -0.02}]
      policy: {minimum_units: 1000, minimum_time: 3d, ship: automatic, rollback: manual}
      """;

  private TestScorecards() {}

  static ExperimentDefinition definition(String yaml) {
    try {
      Path file = Files.createTempFile("experiment", ".yaml");
      try {
        return ExperimentFile.read(Files.writeString(file, yaml), ContractCatalog.fromClassPath());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ScorecardRow baseline(String name, long units, double mean, double variance) {
    return new ScorecardRow(
        name,
        name,
        units,
        mean * units,
        mean,
        variance,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static ArmEstimate arm(long units, double mean, double variance) {
    return new ArmEstimate(units, mean * units, mean, variance);
  }

  /** A row that is compared with control, with an interval of that half-width. */
  static ScorecardRow compared(
      String name,
      ArmEstimate arm,
      double control,
      double error,
      double half,
      double p,
      double fixed) {
    double effect = arm.mean() - control;
    return new ScorecardRow(
        name,
        "control",
        arm.units(),
        arm.total(),
        arm.mean(),
        arm.variance(),
        effect,
        control == 0 ? null : (Double) (effect / control),
        error,
        effect - half,
        effect + half,
        p,
        fixed,
        null,
        p,
        p,
        null,
        null,
        null);
  }

  static ScorecardRow unknown(String name, String note) {
    return new ScorecardRow(
        name, "control", 1, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, note);
  }

  static ScorecardRow withCuped(ScorecardRow row, double effect, double error) {
    return new ScorecardRow(
        row.variant(),
        row.baseline(),
        row.units(),
        row.total(),
        row.mean(),
        row.variance(),
        row.effect(),
        row.effectRelative(),
        row.standardError(),
        row.ciLow(),
        row.ciHigh(),
        row.pValue(),
        row.pValueFixed(),
        row.pValuePooled(),
        row.pValueHolm(),
        row.pValueBh(),
        effect,
        error,
        row.note());
  }

  /** A variant by which 12 % become 13.5 %, and whose amount is 495 instead of 500. */
  static PhaseNumbers numbers() {
    ScorecardRow treatment =
        compared("treatment", arm(10_000, 0.135, 0.116775), 0.12, 0.0047157, 0.014, 0.03, 0.0015);
    ScorecardRow amount =
        compared("treatment", arm(10_000, 495, 250_000), 500, 7.0710678, 20, 1, 0.4795);
    return new PhaseNumbers(
        1,
        List.of(
            new MetricScores(
                "amount",
                List.of(baseline("control", 10_000, 500, 250_000), withCuped(amount, -3.25, 4.5))),
            new MetricScores(
                "purchase", List.of(baseline("control", 10_000, 0.12, 0.1056), treatment))),
        Optional.of(health("ok")),
        List.of(new Drop("treatment", "rule_violation", 412), new Drop("control", "unreadable", 1)),
        List.of(
            new Decided(
                NOON.plusSeconds(3 * 86_400),
                "ship",
                Optional.of("treatment"),
                "purchase of treatment: +0.015, +12.50 % (p = 0.0300)"),
            new Decided(NOON, "continue", Optional.empty(), "12 h 0 min of 3 d 0 h")),
        0);
  }

  static Health health(String status) {
    return new Health(
        20_000,
        OptionalDouble.of(0.8415),
        OptionalDouble.of(1),
        7,
        1,
        1_234,
        0,
        status,
        Optional.of(NOON.plusSeconds(4 * 86_400)));
  }

  static PhaseScorecard checkout() {
    return new PhaseScorecard(
        "checkout", List.of(definition(CHECKOUT)), Optional.empty(), numbers());
  }

  /** The same of a text in place of every name, without a definition. */
  static PhaseScorecard named(String text) {
    ScorecardRow row = compared(text, arm(100, 2, 1), 1.5, 0.1, 0.2, 0.001, 0.001);
    return new PhaseScorecard(
        text,
        List.of(),
        Optional.empty(),
        new PhaseNumbers(
            1,
            List.of(
                new MetricScores(
                    text, List.of(baseline("control", 100, 1.5, 1), row, unknown(text, text)))),
            Optional.of(health(text)),
            List.of(new Drop(text, text, 5)),
            List.of(new Decided(NOON, text, Optional.of(text), text)),
            3));
  }
}
