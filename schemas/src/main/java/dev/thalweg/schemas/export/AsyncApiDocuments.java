package dev.thalweg.schemas.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.export.AsyncApiDocument.Stream;
import java.util.Objects;

/**
 * AsyncAPI 3.0.0 documents, one a stream. Operations are those of the pipeline: it receives what
 * producers send, and sends what consumers read.
 */
public final class AsyncApiDocuments {
  private final ContractCatalog catalog;
  private final String version;

  /**
   * Documents about the contracts of a catalogue.
   *
   * @param version what the documents say is their version
   */
  public AsyncApiDocuments(ContractCatalog catalog, String version) {
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.version = Objects.requireNonNull(version, "version");
  }

  /** What producers send: each version of each event type, in JSON and in Avro. */
  public ObjectNode raw(StreamTopic topic) {
    AsyncApiDocument document =
        new AsyncApiDocument(
            topic,
            version,
            new Stream(
                "receive",
                "The pipeline reads events.",
                "Events as producers send them, in JSON or in Avro single-object encoding. The key"
                    + " is the subject (user_id, else anonymous_id), or there is none."));
    for (Contract event : catalog.events()) {
      ObjectNode json = AsyncApiMessages.json(event, JsonSchemas.isNewest(event, catalog));
      ObjectNode avro = AsyncApiMessages.avro(event);
      json.set("bindings", KafkaBindings.keyed("string", "null"));
      avro.set("bindings", KafkaBindings.keyed("string", "null"));
      document.add(id(event) + ".json", json, event.owner());
      document.add(id(event) + ".avro", avro, event.owner());
    }
    return document.build();
  }

  /** Accepted events: each version of each event type. */
  public ObjectNode canonical(StreamTopic topic) {
    AsyncApiDocument document =
        new AsyncApiDocument(
            topic,
            version,
            new Stream(
                "send",
                "The pipeline writes each accepted event once.",
                "Events that are valid, deduplicated and enriched, in Avro single-object encoding."
                    + " The key is the subject (user_id, else anonymous_id)."));
    for (Contract event : catalog.events()) {
      ObjectNode message = AsyncApiMessages.canonical(event);
      message.set("bindings", KafkaBindings.keyed("string"));
      document.add(id(event), message, event.owner());
    }
    return document.build();
  }

  /** What could not be processed. */
  public ObjectNode deadLetters(StreamTopic topic) {
    AsyncApiDocument document =
        new AsyncApiDocument(
            topic,
            version,
            new Stream(
                "send",
                "The pipeline writes what it could not process.",
                "Every event that could not be processed, with its bytes and the reason, in Avro"
                    + " single-object encoding. There is no key."));
    Contract contract = catalog.record("dead_letter");
    document.add(id(contract), AsyncApiMessages.record(contract), contract.owner());
    return document.build();
  }

  /** Attributes of users. */
  public ObjectNode profiles(StreamTopic topic) {
    AsyncApiDocument document =
        new AsyncApiDocument(
            topic,
            version,
            new Stream(
                "receive",
                "The pipeline joins profiles to events.",
                "What is known of each user, in Avro single-object encoding. The key is the"
                    + " user_id; a record without value forgets the user."));
    Contract contract = catalog.record("profile");
    ObjectNode message = AsyncApiMessages.record(contract);
    message.set("bindings", KafkaBindings.keyed("string"));
    document.add(id(contract), message, contract.owner());
    return document.build();
  }

  private static String id(Contract contract) {
    return contract.type() + ".v" + contract.version();
  }
}
