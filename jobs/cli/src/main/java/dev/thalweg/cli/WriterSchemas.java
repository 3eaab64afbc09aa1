package dev.thalweg.cli;

import dev.thalweg.schemas.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The Avro schemas of a registry, each asked for once. Not thread safe. */
final class WriterSchemas {

  private final SchemaRegistry registry;
  private final Map<Integer, Schema> schemas = new HashMap<>();

  /** Those of that registry; null for none. */
  WriterSchemas(SchemaRegistry registry) {
    this.registry = registry;
  }

  /**
   * The record schema of that id; null if there is none.
   *
   * @throws dev.thalweg.schemas.SchemaRegistryException if the registry gives no answer
   */
  Schema find(int id) {
    if (registry != null && !schemas.containsKey(id)) {
      schemas.put(id, parse(registry.schema(id)));
    }
    return schemas.get(id);
  }

  private static Schema parse(String text) {
    try {
      Schema schema = text == null ? null : new Schema.Parser().parse(text);
      return schema == null || schema.getType() != Schema.Type.RECORD ? null : schema;
    } catch (AvroRuntimeException e) {
      return null;
    }
  }
}
