package dev.thalweg.schemas.testkit;

import dev.thalweg.schemas.ContractSource.ContractFile;

/** Writes contracts of event types that the library does not have. */
public final class TestContractFiles {
  /** The core fields of every event, in single quotes. */
  public static final String CORE =
      """
      {'name': 'event_id', 'type': 'string'},
      {'name': 'event_time', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}},
      {'name': 'user_id', 'type': ['null', 'string'], 'default': null},
      {'name': 'anonymous_id', 'type': ['null', 'string'], 'default': null},
      {'name': 'correlation_id', 'type': ['null', 'string'], 'default': null},
      {'name': 'source', 'type': 'string', 'default': 'unknown'},
      {'name': 'environment', 'type': 'string', 'default': 'production'},
      {'name': 'producer_version', 'type': ['null', 'string'], 'default': null}\
      """;

  private TestContractFiles() {}

  /**
   * One version of an event type's contract; single quotes stand for double ones.
   *
   * @param type a single word
   * @param attributes the fields behind the core fields, commas between
   * @param properties of the record, each followed by a comma; may be empty
   */
  public static ContractFile event(String type, int version, String attributes, String properties) {
    String text =
        """
        {'type': 'record', 'name': '%s%s', 'namespace': 'shop.events.v%d', %s
         'fields': [%s, %s]}
        """
            .formatted(
                Character.toUpperCase(type.charAt(0)),
                type.substring(1),
                version,
                properties,
                CORE,
                attributes);
    return new ContractFile("events/" + type + "/v" + version + ".avsc", text.replace('\'', '"'));
  }
}
