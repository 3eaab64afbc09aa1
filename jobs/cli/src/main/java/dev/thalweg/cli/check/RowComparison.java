package dev.thalweg.cli.check;

import dev.thalweg.cli.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares rows of views, by key, with what they must be, and collects the differences. */
final class RowComparison {
  private static final int SHOWN = 3;

  private final PostgresAddress postgres;
  private final List<String> differences = new ArrayList<>();

  RowComparison(PostgresAddress postgres) {
    this.postgres = postgres;
  }

  /** Every difference so far, a line for each view that has some. */
  List<String> differences() {
    return List.copyOf(differences);
  }

  /** Notes something else that is not as it must be. */
  void note(String difference) {
    differences.add(difference);
  }

  /** Compares counts with the keys and counts that a query finds; a row of 0 is none. */
  void compareCounts(String what, Map<String, Long> expected, String query) throws SQLException {
    Map<String, Long> shown = new TreeMap<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        shown.put(found.getString(1), found.getLong(2));
      }
    }
    compare(what, without0(expected), without0(shown));
  }

  private static Map<String, Long> without0(Map<String, Long> counts) {
    Map<String, Long> some = new TreeMap<>(counts);
    some.values().removeIf(count -> count == 0);
    return some;
  }

  /** Compares rows of any kind. */
  <T> void compare(String what, Map<String, T> expected, Map<String, T> shown) {
    TreeSet<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(shown.keySet());
    List<String> wrong =
        keys.stream().filter(key -> !Objects.equals(expected.get(key), shown.get(key))).toList();
    if (!wrong.isEmpty()) {
      List<String> examples =
          wrong.stream()
              .limit(SHOWN)
              .map(
                  key ->
                      "%s: expected %s, found %s".formatted(key, expected.get(key), shown.get(key)))
              .toList();
      differences.add("%s: %d rows differ, such as %s".formatted(what, wrong.size(), examples));
    }
  }
}
