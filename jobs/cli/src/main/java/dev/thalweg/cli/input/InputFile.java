package dev.thalweg.cli.input;

import dev.thalweg.cli.mapping.Format;
import dev.thalweg.cli.mapping.Mapping;
import dev.thalweg.cli.mapping.RowMapper;
import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.schemas.ContractCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The records that an input file becomes, in the order of the file and in constant memory. What
 * cannot be parsed becomes a record of the same bytes without key, for the pipeline to judge; among
 * profiles, which the pipeline does not judge, it is left out.
 */
public final class InputFile implements Iterator<OutgoingRecord>, Closeable {

  /** Longer lines are not even read into memory: twice what the topics take. */
  private static final int LONGEST_LINE = 16 << 20;

  private final LineTransformation lines;
  private final boolean keepsUnparsed;
  private final CountingInput bytes;
  private final long size;
  private final InputCounts counts = new InputCounts();
  private final Deque<OutgoingRecord> ready = new ArrayDeque<>();

  private InputFile(
      LineTransformation lines, boolean keepsUnparsed, CountingInput bytes, long size) {
    this.lines = lines;
    this.keepsUnparsed = keepsUnparsed;
    this.bytes = bytes;
    this.size = size;
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @param mapping how its rows become events; without one each line is an event in JSON
   * @param catalog the contracts that say how to write values
   * @throws InputException if it cannot be what the mapping expects
   * @throws dev.thalweg.cli.mapping.MappingException if the mapping speaks of columns it does not
   *     have
   */
  public static InputFile open(Path path, Optional<Mapping> mapping, ContractCatalog catalog)
      throws IOException {
    InputStream in = Files.newInputStream(path);
    try {
      return of(in, path.getFileName().toString(), Files.size(path), mapping, catalog);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Reads a stream of unknown length, such as standard input. */
  public static InputFile of(
      InputStream in, String name, Optional<Mapping> mapping, ContractCatalog catalog)
      throws IOException {
    return of(in, name, 0, mapping, catalog);
  }

  private static InputFile of(
      InputStream in, String name, long size, Optional<Mapping> mapping, ContractCatalog catalog)
      throws IOException {
    CountingInput bytes = new CountingInput(in);
    LineReader reader = new LineReader(bytes, LONGEST_LINE);
    if (mapping.isEmpty()) {
      return new InputFile(new PlainLines(reader), true, bytes, size);
    }
    Rows rows =
        mapping.get().format() == Format.CSV
            ? new CsvRows(name, reader, LONGEST_LINE, mapping.get())
            : new JsonRows(reader);
    RowMapper mapper = RowMapper.of(mapping.get(), catalog, name);
    return new InputFile(
        new MappedRows(rows, mapper), !mapping.get().writesProfiles(), bytes, size);
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready.isEmpty()) {
        Line line = lines.next();
        if (line == null) {
          return false;
        }
        read(line);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Line line) {
    if (line.tooLong()) {
      counts.tooLong(line.number());
      return;
    }
    Optional<List<OutgoingRecord>> records = lines.records(line);
    if (records.isPresent()) {
      counts.row(records.get().size());
      ready.addAll(records.get());
      return;
    }
    counts.unparsed(line.number());
    if (keepsUnparsed) {
      ready.add(new OutgoingRecord(null, line.bytes(), line.number()));
    }
  }

  @Override
  public OutgoingRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the file has no more records");
    }
    return ready.removeFirst();
  }

  /** What the lines read so far became. */
  public InputCounts counts() {
    return counts;
  }

  /** The share of the file that has been read, from 0 to 1; negative if its length is unknown. */
  public double shareRead() {
    return size <= 0 ? -1 : Math.min(1.0, (double) bytes.count() / size);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
