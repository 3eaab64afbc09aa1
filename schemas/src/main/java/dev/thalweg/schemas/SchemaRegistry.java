package dev.thalweg.schemas;

import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * Numbers schemas, so that a record can name the one it was written with. What an id means never
 * changes. Each method may ask a server, and throws a {@link SchemaRegistryException} if there is
 * no answer, or one of no use; how long it waits before is the implementation's to say.
 */
public interface SchemaRegistry {
  /** The id of no schema. */
  int NO_ID = 0;

  /** The text of the schema of that id, of whatever kind; null if no schema has it. */
  String schema(int id);

  /** The id of a schema that is registered under the subject; empty if it is not. */
  OptionalInt find(String subject, Schema schema);

  /** The id of the schema under the subject, which is registered there unless it is already. */
  int register(String subject, Schema schema);

  /** Whether it answers just now. Never throws, and does not wait for it to come back. */
  boolean answers();

  /**
   * The subject of a topic's records of one kind, so that several kinds can share a topic: {@code
   * <topic>-<full name>}, as other clients call TopicRecordNameStrategy.
   */
  static String subject(String topic, Schema schema) {
    return topic + "-" + schema.getFullName();
  }
}
