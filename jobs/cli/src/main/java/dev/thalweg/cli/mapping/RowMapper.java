package dev.thalweg.cli.mapping;

import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.schemas.ContractCatalog;
import java.util.List;
import java.util.Optional;

/** Turns rows into records. */
public interface RowMapper {

  /**
   * The records of a row, none where no event's condition holds; empty if the row cannot be mapped
   * at all.
   */
  Optional<List<OutgoingRecord>> map(Row row);

  /**
   * The mapper that a mapping describes.
   *
   * @param mapping what to do
   * @param catalog the contracts that say how to write a value
   * @param file name of the input file, part of ids that are made from row numbers
   */
  static RowMapper of(Mapping mapping, ContractCatalog catalog, String file) {
    return mapping.writesProfiles()
        ? new ProfileMapper(mapping, catalog)
        : new EventMapper(mapping, catalog, file);
  }
}
