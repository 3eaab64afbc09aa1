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
   * The canonical record in single-object encoding.
   *
   * @param contract the event's contract
   * @param payload array that holds the event's binary value
   * @param from where it begins
   * @param to where it ends
   * @param ingestedAt arrival, epoch milliseconds
   * @param enrichment an encoded map of text, or null for an empty one
   */
  public byte[] encode(
      Contract contract, byte[] payload, int from, int to, long ingestedAt, byte[] enrichment) {
    byte[] map = enrichment == null ? NO_ENRICHMENT : enrichment;
    return buffer
        .reset()
        .header(contract.canonicalFingerprint())
        .raw(payload, from, to - from)
        .number(ingestedAt)
        .number(contract.version())
        .raw(pipelineVersion, 0, pipelineVersion.length)
        .raw(map, 0, map.length)
        .toByteArray();
  }
}
