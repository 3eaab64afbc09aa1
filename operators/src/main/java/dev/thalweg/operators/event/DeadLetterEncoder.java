package dev.thalweg.operators.event;

import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.SchemaRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.Schema;

/** Writes dead letters by their contract. Not thread safe. */
public final class DeadLetterEncoder {
  private static final byte[] NOTHING = {};

  private final AvroBuffer buffer = new AvroBuffer();
  private final Contract contract;
  private final int maxBytes;
  private final String pipelineVersion;

  /**
   * An encoder.
   *
   * @param catalog holds the contract of dead letters
   * @param maxBytes longest value carried whole; a longer one is cut there, and its length and
   *     SHA-256 are kept
   * @param pipelineVersion version of the pipeline
   */
  public DeadLetterEncoder(ContractCatalog catalog, int maxBytes, String pipelineVersion) {
    this.contract = catalog.record("dead_letter");
    this.maxBytes = maxBytes;
    this.pipelineVersion = pipelineVersion;
  }

  /** The schema that it writes by. */
  public Schema schema() {
    return contract.schema();
  }

  /**
   * The dead letter in single-object encoding, or in a registry's wire format.
   *
   * @param schemaId of {@link #schema()} in the registry; {@link SchemaRegistry#NO_ID} for
   *     single-object encoding
   */
  public byte[] encode(DeadLetter letter, int schemaId) {
    RawRecord raw = letter.raw();
    Origin origin = raw.origin();
    byte[] value = raw.value() == null ? NOTHING : raw.value();
    boolean cut = value.length > maxBytes;
    buffer
        .reset()
        .header(contract.fingerprint(), schemaId)
        .text(letter.stage())
        .text(letter.failure().label())
        .text(letter.message())
        .text(letter.eventType())
        .text(origin.topic())
        .number(origin.partition())
        .number(origin.offset())
        .number(origin.arrival());
    if (raw.key() == null) {
      buffer.number(0);
    } else {
      buffer.number(1).bytes(raw.key());
    }
    int kept = cut ? maxBytes : value.length;
    return buffer
        .number(kept)
        .raw(value, 0, kept)
        .number(value.length)
        .textOrNull(cut ? sha256(value) : null)
        .text(pipelineVersion)
        .number(0)
        .toByteArray();
  }

  private static String sha256(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
