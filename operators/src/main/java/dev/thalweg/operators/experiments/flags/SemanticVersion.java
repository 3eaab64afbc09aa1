package dev.thalweg.operators.experiments.flags;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by semver.org 2.0.0, also with a {@code v} in front, and without minor or patch, which
 * are 0 then.
 *
 * @param major digits
 * @param minor digits
 * @param patch digits
 * @param early what follows the hyphen; null where nothing does
 */
record SemanticVersion(String major, String minor, String patch, String early) {
  private static final String NUMBER = "(0|[1-9][0-9]*)";
  private static final String EARLY_PART = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final Pattern WRITTEN =
      Pattern.compile(
          "[vV]?%1$s(?:\\.%1$s(?:\\.%1$s(?:-(%2$s(?:\\.%2$s)*))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?)?)?"
              .formatted(NUMBER, EARLY_PART));

  /** Reads a version; null where it is none. */
  static SemanticVersion of(Object value) {
    boolean isText = value instanceof String || value instanceof Number;
    Matcher written = WRITTEN.matcher(isText ? Printed.of(value) : "");
    return written.matches()
        ? new SemanticVersion(
            written.group(1),
            written.group(2) == null ? "0" : written.group(2),
            written.group(3) == null ? "0" : written.group(3),
            written.group(4))
        : null;
  }

  /**
   * flagd's {@code sem_ver}: {@code [version, operator, version]} ("Semantic Versioning Operation
   * Specification", flagd.dev). Null unless all three are what they should be.
   */
  static Object compared(List<Object> values) {
    if (values.size() != 3) {
      return null;
    }
    SemanticVersion left = of(values.get(0));
    SemanticVersion right = of(values.get(2));
    return left == null || right == null || !(values.get(1) instanceof String operator)
        ? null
        : left.compared(operator, right);
  }

  private Boolean compared(String operator, SemanticVersion other) {
    return switch (operator) {
      case "=" -> order(other) == 0;
      case "!=" -> order(other) != 0;
      case "<" -> order(other) < 0;
      case "<=" -> order(other) <= 0;
      case ">" -> order(other) > 0;
      case ">=" -> order(other) >= 0;
      case "^" -> major.equals(other.major);
      case "~" -> major.equals(other.major) && minor.equals(other.minor);
      default -> null;
    };
  }

  private int order(SemanticVersion other) {
    int order = numbers(major, other.major);
    order = order != 0 ? order : numbers(minor, other.minor);
    order = order != 0 ? order : numbers(patch, other.patch);
    return order != 0 ? order : early(early, other.early);
  }

  private static int numbers(String left, String right) {
    int order = Integer.compare(left.length(), right.length());
    return order != 0 ? order : left.compareTo(right);
  }

  private static int early(String left, String right) {
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    String[] lefts = left.split("\\.");
    String[] rights = right.split("\\.");
    for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
      int order = part(lefts[i], rights[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(lefts.length, rights.length);
  }

  private static int part(String left, String right) {
    boolean isNumber = left.chars().allMatch(Character::isDigit);
    if (isNumber != right.chars().allMatch(Character::isDigit)) {
      return isNumber ? -1 : 1;
    }
    return isNumber ? numbers(left, right) : left.compareTo(right);
  }
}
