package dev.thalweg.schemas.lint;

import java.util.ArrayList;
import java.util.List;

/** Collects findings. Not thread safe; each contract has its own. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void add(LintRule rule, String file, String path, String message) {
    add(rule, file, path, message, rule.breaks());
  }

  void add(LintRule rule, String file, String path, String message, String breaks) {
    all.add(new Finding(file, path, rule, message, breaks));
  }

  void addAll(Findings others) {
    all.addAll(others.all);
  }

  List<Finding> all() {
    return all;
  }
}
