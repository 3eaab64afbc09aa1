package dev.thalweg.schemas.lint;

/** How bad a finding is. */
public enum Severity {
  /** Something would break: the contracts must not be released. */
  ERROR,
  /** Someone should look. */
  WARNING;

  /** In lower case, as reports show it. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
