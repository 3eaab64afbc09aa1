package dev.thalweg.cli.mapping;

import java.util.Map;

/** One row of an input file. */
public interface Row {

  /** The row as it stands in the file, without its line end. */
  byte[] raw();

  /** Number of the row, counted from 1, a header not counted. */
  long number();

  /** Number of the line where the row begins. */
  long line();

  /** The text of a column; null where the column is absent or empty. */
  String text(String column);

  /** All columns as a condition sees them. */
  Map<String, Object> values();
}
