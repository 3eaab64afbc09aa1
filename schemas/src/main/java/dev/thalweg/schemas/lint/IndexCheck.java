package dev.thalweg.schemas.lint;

import dev.thalweg.schemas.lint.ContractFiles.SourceFile;
import java.util.HashSet;
import java.util.Set;

/** Whether what was released is still what it was. */
final class IndexCheck {
  private IndexCheck() {}

  static void check(ContractFiles files, Findings findings) {
    ReleaseIndex index = files.index();
    for (ReleaseIndex.BadLine line : index.badLines()) {
      findings.add(
          LintRule.INDEX_MALFORMED,
          ReleaseIndex.FILE,
          "line " + line.number(),
          "line " + line.number() + " " + OneLine.of(line.reason()));
    }
    Set<String> present = new HashSet<>();
    for (SourceFile file : files.files()) {
      present.add(file.path());
      String released = index.hashOf(file.path());
      if (released != null
          && file.text() != null
          && !released.equals(ReleaseIndex.hash(file.text()))) {
        findings.add(
            LintRule.RELEASED_CHANGED, file.path(), "$", "the text is not the one released");
      }
    }
    for (String path : index.paths()) {
      if (!present.contains(path)) {
        findings.add(
            LintRule.RELEASED_REMOVED, path, "$", "the file was released and is not there");
      }
    }
  }
}
