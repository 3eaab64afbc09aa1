package dev.thalweg.cli.record;

import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes profiles as the {@code profile} contract has them, keyed by user. Not thread safe. */
public final class ProfileEncoder {

  private static final List<String> FIELDS = List.of("user_id", "effective_from", "attributes");

  private final long fingerprint;
  private final AvroBuffer buffer = new AvroBuffer();

  /** An encoder for the profile contract of a catalogue. */
  public ProfileEncoder(ContractCatalog catalog) {
    Contract contract = catalog.record("profile");
    List<String> fields = contract.fields().stream().map(ContractField::name).toList();
    if (!fields.equals(FIELDS)) {
      throw new IllegalStateException("profiles are written as " + FIELDS + ", not " + fields);
    }
    this.fingerprint = contract.fingerprint();
  }

  /** The record of a profile. */
  public OutgoingRecord encode(
      String userId, long effectiveFrom, Map<String, String> attributes, long line) {
    byte[] value =
        buffer
            .reset()
            .header(fingerprint)
            .text(userId)
            .number(effectiveFrom)
            .textMap(attributes)
            .toByteArray();
    return new OutgoingRecord(userId.getBytes(StandardCharsets.UTF_8), value, line);
  }
}
