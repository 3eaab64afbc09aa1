package dev.thalweg.operators.event;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.SchemaRegistry;
import java.util.Objects;

/**
 * An event on its way: the few values that operators decide by, and the rest as encoded bytes, read
 * only when someone asks. Not changed after it was built, but for its enrichment.
 */
public final class Event implements Message {
  private final String subject;
  private final boolean userKnown;
  private final long eventTime;
  private final long idHigh;
  private final long idLow;
  private final long fingerprint;
  private final int contractVersion;
  private final int schemaId;
  private final byte[] payload;
  private final int payloadStart;
  private final Origin origin;
  private final RawRecord raw;
  private final Contract contract;
  private final byte[] evidence;
  private byte[] enrichment;
  private boolean hasWaited;

  private Event(Builder builder) {
    subject = Objects.requireNonNull(builder.subject, "subject");
    userKnown = builder.userKnown;
    eventTime = builder.eventTime;
    idHigh = builder.idHigh;
    idLow = builder.idLow;
    fingerprint = builder.fingerprint;
    contractVersion = builder.contractVersion;
    schemaId = builder.schemaId;
    payload = Objects.requireNonNull(builder.payload, "payload");
    payloadStart = builder.payloadStart;
    origin = Objects.requireNonNull(builder.origin, "origin");
    raw = builder.raw;
    contract = builder.contract;
    evidence = builder.evidence;
    enrichment = builder.enrichment;
    hasWaited = builder.hasWaited;
  }

  /** The {@code user_id}, else the {@code anonymous_id}. */
  public String subject() {
    return subject;
  }

  @Override
  public String key() {
    return subject;
  }

  /** Whether the subject is a {@code user_id}. */
  public boolean userKnown() {
    return userKnown;
  }

  /** When it happened by the producer's clock, epoch milliseconds. */
  public long eventTime() {
    return eventTime;
  }

  /** Upper half of the 128-bit hash of its {@code event_id}. */
  public long idHigh() {
    return idHigh;
  }

  /** Lower half of the 128-bit hash of its {@code event_id}. */
  public long idLow() {
    return idLow;
  }

  /** Fingerprint of the canonical schema of the contract that it was read as. */
  public long fingerprint() {
    return fingerprint;
  }

  /** Version of the contract that it was read as. */
  public int contractVersion() {
    return contractVersion;
  }

  /**
   * The id of the canonical schema in the schema registry; {@link SchemaRegistry#NO_ID} without
   * one.
   */
  public int schemaId() {
    return schemaId;
  }

  /** The contract that it was read as; null after a shuffle or from state. */
  public Contract contract() {
    return contract;
  }

  /**
   * The array that holds the event's binary value, from {@link #payloadStart()} to the array's end.
   * Not to be written to.
   */
  public byte[] payload() {
    return payload;
  }

  /** Where the binary value begins in {@link #payload()}. */
  public int payloadStart() {
    return payloadStart;
  }

  /** Where it was read from. */
  public Origin origin() {
    return origin;
  }

  /** The record it was decoded from, for a dead letter; null after a shuffle or from state. */
  public RawRecord raw() {
    return raw;
  }

  /** What it keeps of how it was written, as a block of an encoded map of text; or null. */
  public byte[] evidence() {
    return evidence;
  }

  /** What was joined to it, as an encoded map of text; null if nothing. */
  public byte[] enrichment() {
    return enrichment;
  }

  /** Sets what was joined to it. */
  public void enrich(byte[] encodedMap) {
    enrichment = encodedMap;
  }

  /** Whether it waited in state for reference data; the ledger has then counted it as waiting. */
  public boolean hasWaited() {
    return hasWaited;
  }

  /** Says that it waited in state. */
  public void markWaited() {
    hasWaited = true;
  }

  /** A new builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds events. Reused for event after event by operators. */
  public static final class Builder {
    private String subject;
    private boolean userKnown;
    private long eventTime;
    private long idHigh;
    private long idLow;
    private long fingerprint;
    private int contractVersion;
    private int schemaId = SchemaRegistry.NO_ID;
    private byte[] payload;
    private int payloadStart;
    private Origin origin;
    private RawRecord raw;
    private Contract contract;
    private byte[] evidence;
    private byte[] enrichment;
    private boolean hasWaited;

    private Builder() {}

    /** Sets the subject, and whether it is a user. */
    public Builder subject(String subject, boolean userKnown) {
      this.subject = subject;
      this.userKnown = userKnown;
      return this;
    }

    /** Sets the event time, epoch milliseconds. */
    public Builder eventTime(long eventTime) {
      this.eventTime = eventTime;
      return this;
    }

    /** Sets the hash of the event id. */
    public Builder id(long high, long low) {
      this.idHigh = high;
      this.idLow = low;
      return this;
    }

    /** Sets the contract that it was read as. */
    public Builder contract(Contract contract) {
      this.contract = contract;
      return schema(contract.canonicalFingerprint(), contract.version());
    }

    /** Sets the canonical schema's fingerprint and the contract's version; leaves the contract. */
    Builder schema(long fingerprint, int contractVersion) {
      this.fingerprint = fingerprint;
      this.contractVersion = contractVersion;
      return this;
    }

    /** Sets the id of the canonical schema in the schema registry. */
    public Builder schemaId(int schemaId) {
      this.schemaId = schemaId;
      return this;
    }

    /** Sets the encoded event. */
    public Builder payload(byte[] payload, int payloadStart) {
      this.payload = payload;
      this.payloadStart = payloadStart;
      return this;
    }

    /** Sets the block of evidence, or null. */
    public Builder evidence(byte[] evidence) {
      this.evidence = evidence;
      return this;
    }

    /** Sets where it was read from. */
    public Builder origin(Origin origin) {
      this.origin = origin;
      return this;
    }

    /** Sets the record it was decoded from, or null. */
    public Builder raw(RawRecord raw) {
      this.raw = raw;
      return this;
    }

    /** Sets the encoded enrichment, or null. */
    public Builder enrichment(byte[] enrichment) {
      this.enrichment = enrichment;
      return this;
    }

    /** Sets whether it has waited in state. */
    public Builder hasWaited(boolean hasWaited) {
      this.hasWaited = hasWaited;
      return this;
    }

    /** The event; throws if the subject, the payload or the origin is missing. */
    public Event build() {
      return new Event(this);
    }
  }
}
