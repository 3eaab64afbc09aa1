package dev.thalweg.cli.input;

import dev.thalweg.cli.record.OutgoingRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How the lines of a file become records. */
interface LineTransformation extends Closeable {

  /** The next line, or record of several lines; null at the end. */
  Line next() throws IOException;

  /** What it becomes; empty if it cannot be parsed. */
  Optional<List<OutgoingRecord>> records(Line line);
}
