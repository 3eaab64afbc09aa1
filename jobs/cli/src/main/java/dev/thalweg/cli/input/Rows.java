package dev.thalweg.cli.input;

import dev.thalweg.cli.mapping.Row;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The rows of an input file. */
interface Rows extends Closeable {

  /** The next record of the file; null at its end. */
  Line next() throws IOException;

  /** The row that a record is; empty if it cannot be parsed. */
  Optional<Row> parse(Line line);
}
