package dev.thalweg.schemas.lint;

import java.io.Serializable;
import java.util.Comparator;

/** Orders JSON paths so that {@code $.fields[9]} stands before {@code $.fields[10]}. */
final class JsonPathOrder implements Comparator<String>, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public int compare(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() && j < right.length()) {
      int leftEnd = endOfDigits(left, i);
      int rightEnd = endOfDigits(right, j);
      int order =
          leftEnd > i && rightEnd > j
              ? compareNumbers(left.substring(i, leftEnd), right.substring(j, rightEnd))
              : Character.compare(left.charAt(i), right.charAt(j));
      if (order != 0) {
        return order;
      }
      i = Math.max(leftEnd, i + 1);
      j = Math.max(rightEnd, j + 1);
    }
    return Integer.compare(left.length() - i, right.length() - j);
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static int compareNumbers(String left, String right) {
    int order = Integer.compare(left.length(), right.length());
    return order == 0 ? left.compareTo(right) : order;
  }
}
