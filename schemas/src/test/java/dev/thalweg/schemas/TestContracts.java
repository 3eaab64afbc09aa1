package dev.thalweg.schemas;

import dev.thalweg.schemas.ContractSource.ContractFile;
import java.util.List;

/** Contracts as a user might write them. */
final class TestContracts {
  static final String CORE =
      """
      {"name": "event_id", "type": "string"},
      {"name": "event_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
      {"name": "user_id", "type": ["null", "string"], "default": null},
      {"name": "anonymous_id", "type": ["null", "string"], "default": null},
      {"name": "correlation_id", "type": ["null", "string"], "default": null},
      {"name": "source", "type": "string", "default": "unknown"},
      {"name": "environment", "type": "string", "default": "production"},
      {"name": "producer_version", "type": ["null", "string"], "default": null}\
      """;

  /** A field of each type, required and optional, or with a default. */
  static final String ALL_TYPES =
      """
      {"name": "an_int", "type": "int"},
      {"name": "a_long", "type": "long"},
      {"name": "a_float", "type": "float"},
      {"name": "a_double", "type": "double"},
      {"name": "a_boolean", "type": "boolean"},
      {"name": "some_bytes", "type": "bytes"},
      {"name": "some_time", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}],
       "default": null},
      {"name": "maybe_int", "type": ["null", "int"], "default": null},
      {"name": "maybe_bytes", "type": ["null", "bytes"], "default": null},
      {"name": "int_or", "type": "int", "default": -7},
      {"name": "long_or", "type": "long", "default": 5000000000},
      {"name": "float_or", "type": "float", "default": 0.5},
      {"name": "double_or", "type": "double", "default": -2.25},
      {"name": "boolean_or", "type": "boolean", "default": true},
      {"name": "bytes_or", "type": "bytes", "default": "\\u0000\\u00ff"},
      {"name": "text_or", "type": "string", "default": "gr\\u00fcn"}\
      """;

  private TestContracts() {}

  /** A contract's file with the core fields and those attributes. */
  static ContractFile file(String type, int version, String attributes, String rules) {
    return new ContractFile(
        "events/" + type + "/v" + version + ".avsc",
        avsc(type, "shop.events.v" + version, CORE + "," + attributes, rules));
  }

  static String avsc(String type, String namespace, String fields, String rules) {
    StringBuilder name = new StringBuilder();
    for (String part : type.split("_", -1)) {
      name.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
    }
    return """
        {"type": "record", "name": "%s", "namespace": "%s", "doc": "d", "owner": "o",
         "rules": %s, "fields": [%s]}
        """
        .formatted(name, namespace, rules, fields);
  }

  static ContractCatalog catalog(ContractFile... files) {
    return ContractCatalog.load(() -> List.of(files));
  }

  /** An event type with a field of each type. */
  static Contract allTypes() {
    return catalog(file("all_types", 1, ALL_TYPES, "[]")).newest("all_types").orElseThrow();
  }
}
