package dev.thalweg.schemas;

/**
 * Writes canonical records: the event's bytes as they are, the context appended. Not thread safe.
 */
public final class CanonicalEncoder {
  private static final byte[] NO_ENRICHMENT = {0};

  private final AvroBuffer buffer = new AvroBuffer();
  private final byte[] pipelineVersion;

  /** An encoder for that version of the pipeline. */
  public CanonicalEncoder(String pipelineVersion) {
    this.pipelineVersion = new AvroBuffer().text(pipelineVersion).toByteArray();
  }

  /**
   * The canonical record in single-object encoding, or in a registry's wire format.
   *
   * @param fingerprint of the canonical schema
   * @param schemaId of the canonical schema in the registry; {@link SchemaRegistry#NO_ID} for
   *     single-object encoding
   * @param contractVersion version of the contract that the payload is written by
   * @param payload array that holds the event's binary value
   * @param from where it begins; it goes on to the array's end
   * @param ingestedAt arrival, epoch milliseconds
   * @param evidence a block of the enrichment map, or null
   * @param enrichment an encoded map of text, or null for an empty one
   */
  public byte[] encode(
      long fingerprint,
      int schemaId,
      int contractVersion,
      byte[] payload,
      int from,
      long ingestedAt,
      byte[] evidence,
      byte[] enrichment) {
    byte[] map = enrichment == null ? NO_ENRICHMENT : enrichment;
    buffer
        .reset()
        .header(fingerprint, schemaId)
        .raw(payload, from, payload.length - from)
        .number(ingestedAt)
        .number(contractVersion)
        .raw(pipelineVersion, 0, pipelineVersion.length);
    if (evidence != null) {
      buffer.raw(evidence, 0, evidence.length);
    }
    return buffer.raw(map, 0, map.length).toByteArray();
  }
}
