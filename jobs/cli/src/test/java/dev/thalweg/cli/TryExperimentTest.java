package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code try --experiment}. */
class TryExperimentTest {
  private static final String GREETING =
      """
      experiment: greeting
      owner: tests
      unit: user_id
      effective_from: 2026-11-01T10:00:00Z
      variants: {plain: 50, warm: 50}
      baseline: plain
      exposure: {event: experiment_exposed, valid_if: "surface != 'bot'"}
      metrics:
        - {name: signup, kind: conversion, event: goal_reached, where: "goal == 'signup'"}
        - {name: points, kind: sum, event: goal_reached, where: "goal == 'points'", of: value}
      """;

  private final PrintStream standardOut = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();
  private final StringBuilder events = new StringBuilder();
  private int minute;

  @TempDir private Path folder;

  @AfterEach
  void giveBack() {
    System.setOut(standardOut);
  }

  private int run(String... args) {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    return Main.commandLine().setErr(new PrintWriter(err, true)).execute(args);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private void event(String type, String user, String more) {
    events.append(
        "{\"event_type\":\"%s\",\"event_id\":\"e%d\",\"event_time\":\"2026-11-01T10:%02d:00Z\",\"user_id\":\"%s\",%s}%n"
            .formatted(type, minute, minute, user, more));
    minute++;
  }

  private void exposed(String user, String variant, String surface) {
    event(
        "experiment_exposed",
        user,
        "\"experiment\":\"greeting\",\"variant\":\"%s\",\"surface\":\"%s\""
            .formatted(variant, surface));
  }

  private void goal(String user, String goal, int value) {
    event("goal_reached", user, "\"goal\":\"%s\",\"value\":%d".formatted(goal, value));
  }

  /** Of four plain one signs up, of four warm three; the others are left out for a reason each. */
  private String sample() throws IOException {
    goal("p2", "signup", 0);
    for (int i = 1; i <= 4; i++) {
      exposed("p" + i, "plain", "web");
      exposed("w" + i, "warm", "web");
    }
    exposed("robot", "warm", "bot");
    exposed("nobody", "cold", "web");
    goal("never", "signup", 0);
    goal("p1", "signup", 0);
    goal("w1", "signup", 0);
    goal("w1", "signup", 0);
    goal("w2", "signup", 0);
    goal("w3", "signup", 0);
    goal("p1", "points", 3);
    goal("p3", "points", 5);
    goal("w4", "points", 10);
    goal("w4", "points", 2);
    return file("events.ndjson", events.toString());
  }

  @Test
  void scorecardFollowsTheLedger() throws IOException {
    assertThat(run("try", sample(), "--experiment", file("greeting.yaml", GREETING))).isZero();
    assertThat(lines())
        .containsSubsequence(
            "variant  weight  units   share  promised",
            "-------  ------  -----  ------  --------",
            "plain        50      4  50.0 %         4",
            "warm         50      4  50.0 %         4",
            "health: ok",
            "left out: 0 units seen in several variants, 2 exposures not valid, 1 outcome before the exposure, 1",
            "  unit with outcomes and never exposed",
            "signup",
            "points");
    assertThat(lines()).anyMatch(line -> line.matches("  plain +4 +25 %"));
    assertThat(lines()).anyMatch(line -> line.matches("  warm +4 +75 % +\\+50 pp +\\+200 % .*"));
    assertThat(lines()).anyMatch(line -> line.matches("  plain +4 +2"));
    assertThat(lines()).anyMatch(line -> line.matches("  warm +4 +3 +\\+1 +\\+50 % .*"));
  }

  @Test
  void scorecardMayBeCsv() throws IOException {
    String experiment = file("greeting.yaml", GREETING);
    assertThat(run("try", sample(), "--experiment", experiment, "--csv")).as("%s", err).isZero();
    assertThat(lines())
        .containsSubsequence(
            "consumed,accepted,duplicate,late,dead_letter",
            "21,21,0,0,0",
            "experiment,metric,variant,units,total,mean,effect,ci_low,ci_high,p_value,p_value_fixed,p_value_pooled,note",
            "greeting,signup,plain,4,1.0,0.25,,,,,,,",
            "greeting,points,plain,4,8.0,2.0,,,,,,,");
    List<String> warm = lines().stream().filter(line -> line.contains(",warm,")).toList();
    assertThat(warm).hasSize(2);
    assertThat(warm.get(0)).startsWith("greeting,signup,warm,4,3.0,0.75,0.5,");
    assertThat(warm.get(1)).startsWith("greeting,points,warm,4,12.0,3.0,1.0,");
    // z = 0.5 / sqrt(0.5 * 0.5 * (1/4 + 1/4)) = sqrt(2), and the p-value is erfc(1).
    assertThat(Double.parseDouble(warm.get(0).split(",", -1)[11]))
        .isCloseTo(0.15729920705028513, Offset.offset(1e-9));
  }

  @Test
  void allMistakesInTheFileAreOneLineAndStatusTwo() throws IOException {
    String wrong =
        file(
            "wrong.yaml",
            GREETING
                .replace("baseline: plain", "baseline: plane")
                .replace("kind: sum", "kind: total")
                .replace("surface != 'bot'", "surface != "));
    assertThat(run("try", sample(), "--experiment", wrong)).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("try: " + wrong + ":")
        .contains("; ")
        .contains("plane", "'total' must be one of", "valid_if");
    assertThat(lines()).isEmpty();
  }

  @Test
  void fileMustBeThere() throws IOException {
    assertThat(run("try", sample(), "--experiment", "/nowhere.yaml")).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("/nowhere.yaml");
    assertThat(lines()).isEmpty();
  }
}
