package dev.thalweg.cli.record;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.EventDecoder;
import dev.thalweg.schemas.SchemaRegistry;
import dev.thalweg.schemas.SchemaRegistryException;
import dev.thalweg.schemas.SingleObject;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes records in a schema registry's wire format: events by their contract, profiles as they
 * are. What that would change stays as it is, for the pipeline to judge: what is no event of a
 * known contract, has attributes that the contract does not know, or names an older version. Not
 * thread safe.
 */
public final class RegisteredRecords {
  private final SchemaRegistry registry;
  private final String topic;
  private final ContractCatalog catalog;
  private final EventDecoder decoder;
  private final AvroBuffer buffer = new AvroBuffer();
  private final Map<Contract, Integer> ids = new HashMap<>();

  /** For records on their way to that topic. */
  public RegisteredRecords(SchemaRegistry registry, String topic, ContractCatalog catalog) {
    this.registry = registry;
    this.topic = topic;
    this.catalog = catalog;
    this.decoder = new EventDecoder(catalog, Integer.MAX_VALUE, /* rejectUnknownFields= */ true);
  }

  /** The records in that form. */
  public Iterator<OutgoingRecord> encode(Iterator<OutgoingRecord> records) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public OutgoingRecord next() {
        OutgoingRecord record = records.next();
        return new OutgoingRecord(record.key(), encode(record.value()), record.line());
      }
    };
  }

  /**
   * The value in that form, or itself.
   *
   * @throws CommandFailure if the registry gives no id for a schema
   */
  byte[] encode(byte[] value) {
    Contract known =
        SingleObject.isMarked(value) && value.length >= SingleObject.HEADER_LENGTH
            ? catalog.byFingerprint(SingleObject.fingerprint(value))
            : null;
    if (known != null) {
      return withId(known, value, SingleObject.HEADER_LENGTH);
    }
    return decoder.decode(value) && decoder.evidence() == null
        ? withId(decoder.contract(), decoder.payload(), decoder.payloadStart())
        : value;
  }

  private byte[] withId(Contract contract, byte[] payload, int from) {
    return buffer
        .reset()
        .registryHeader(ids.computeIfAbsent(contract, this::id))
        .raw(payload, from, payload.length - from)
        .toByteArray();
  }

  private int id(Contract contract) {
    String subject = SchemaRegistry.subject(topic, contract.schema());
    try {
      return registry.register(subject, contract.schema());
    } catch (SchemaRegistryException e) {
      throw CommandFailure.failed("no id for " + contract + ": " + e.getMessage(), e);
    }
  }
}
