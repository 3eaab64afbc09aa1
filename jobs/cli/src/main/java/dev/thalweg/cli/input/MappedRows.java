package dev.thalweg.cli.input;

import dev.thalweg.cli.mapping.RowMapper;
import dev.thalweg.cli.record.OutgoingRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Rows that a mapping turns into records. */
final class MappedRows implements LineTransformation {

  private final Rows rows;
  private final RowMapper mapper;

  MappedRows(Rows rows, RowMapper mapper) {
    this.rows = rows;
    this.mapper = mapper;
  }

  @Override
  public Line next() throws IOException {
    return rows.next();
  }

  @Override
  public Optional<List<OutgoingRecord>> records(Line line) {
    return rows.parse(line).flatMap(mapper::map);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
