package dev.thalweg.jobs.experiments;

import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Document;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Drops;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Health;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Score;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of experiments as tables hold them: a row changes where the new version is at least the old.
 * A later run begins above all versions of those before.
 */
final class ExperimentTable {
  private static final int BITS_OF_A_RUN = 40;

  private final Map<String, ExperimentRow> rows = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private long run;

  /** What is written from now on is of another run. */
  void nextRun() {
    run++;
  }

  void write(ExperimentRow row) {
    String key = key(row);
    long version = (run << BITS_OF_A_RUN) + row.version();
    if (version >= versions.getOrDefault(key, Long.MIN_VALUE)) {
      versions.put(key, version);
      rows.put(key, row);
    }
  }

  private static String key(ExperimentRow row) {
    String phase = row.experiment() + "/" + row.phase() + " ";
    if (row instanceof Score score) {
      return "score " + phase + score.metric() + " " + score.row().variant();
    } else if (row instanceof Health) {
      return "health " + phase;
    } else if (row instanceof Drops drops) {
      return "drops " + phase + drops.variant() + " " + drops.failure();
    } else if (row instanceof Document) {
      return "document " + phase;
    }
    return "decision " + phase + ((Decided) row).decidedAt();
  }

  /** How many exposures were refused. */
  long dropped() {
    return rows.values().stream()
        .mapToLong(row -> row instanceof Drops drops ? drops.events() : 0)
        .sum();
  }

  /** A table that begins with these rows. */
  ExperimentTable copy() {
    ExperimentTable copy = new ExperimentTable();
    copy.rows.putAll(rows);
    copy.versions.putAll(versions);
    copy.run = run;
    return copy;
  }

  /** What the rows say, by key. */
  Map<String, String> contents() {
    Map<String, String> contents = new TreeMap<>();
    rows.forEach((key, row) -> contents.put(key, row.toString()));
    return contents;
  }
}
