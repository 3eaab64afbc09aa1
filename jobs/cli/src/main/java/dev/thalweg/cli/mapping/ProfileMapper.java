package dev.thalweg.cli.mapping;

import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.cli.record.ProfileEncoder;
import dev.thalweg.schemas.ContractCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns rows into profiles. A profile without a time holds from 1970 on. */
final class ProfileMapper implements RowMapper {

  private final Optional<TimeRule> time;
  private final ProfileRule rule;
  private final ProfileEncoder encoder;

  ProfileMapper(Mapping mapping, ContractCatalog catalog) {
    this.time = mapping.time();
    this.rule = mapping.profile();
    this.encoder = new ProfileEncoder(catalog);
  }

  @Override
  public Optional<List<OutgoingRecord>> map(Row row) {
    String userId = rule.userId().fill(row);
    OptionalLong from = time.map(given -> given.millis(row)).orElse(OptionalLong.of(0));
    if (userId == null || userId.isEmpty() || from.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    rule.attributes()
        .forEach(
            (name, template) -> {
              String value = template.fill(row);
              if (value != null) {
                attributes.put(name, value);
              }
            });
    return Optional.of(List.of(encoder.encode(userId, from.getAsLong(), attributes, row.line())));
  }
}
