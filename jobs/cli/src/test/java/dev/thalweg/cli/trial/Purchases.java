package dev.thalweg.cli.trial;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The CDNOW purchases, counted row by row with plain loops; days are named by their beginning in
 * UTC.
 */
record Purchases(
    Map<String, Double> rowsByDay,
    Map<String, Double> discsByDay,
    Map<String, Double> centsByDay,
    Map<LocalDate, Long> customersByFirstDay,
    Map<LocalDate, Long> customersByFirstMonth) {

  static Purchases read(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    Purchases purchases =
        new Purchases(
            new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    Map<String, LocalDate> firstDays = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split(",");
      LocalDate date = LocalDate.parse(row[1], DateTimeFormatter.BASIC_ISO_DATE);
      String day = date + "T00:00:00Z";
      purchases.rowsByDay.merge(day, 1.0, Double::sum);
      purchases.discsByDay.merge(day, Double.parseDouble(row[2]), Double::sum);
      double cents = new BigDecimal(row[3]).movePointRight(2).longValueExact();
      purchases.centsByDay.merge(day, cents, Double::sum);
      firstDays.merge(row[0], date, (a, b) -> a.isBefore(b) ? a : b);
    }
    for (LocalDate first : firstDays.values()) {
      purchases.customersByFirstDay.merge(first, 1L, Long::sum);
      purchases.customersByFirstMonth.merge(first.withDayOfMonth(1), 1L, Long::sum);
    }
    return purchases;
  }
}
