package dev.thalweg.operators.experiments.drops;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.SingleObject;
import dev.thalweg.schemas.WireFormat;

/**
 * Reads dead letters by their contract, in single-object encoding, or behind the header of a
 * registry: nothing else is in their topic. Not thread safe.
 */
final class LetterReader {
  private final long fingerprint;
  private final EventCursor cursor;
  private final int failure;
  private final int arrival;
  private final int bytes;
  private final int attempt;

  LetterReader(ContractCatalog catalog) {
    Contract contract = catalog.record("dead_letter");
    fingerprint = contract.fingerprint();
    cursor = new EventCursor(contract);
    failure = contract.field("failure").position();
    arrival = contract.field("arrival").position();
    bytes = contract.field("bytes").position();
    attempt = contract.field("attempt").position();
  }

  /** The letter; null if it is none. */
  Letter read(byte[] value) {
    if (value == null || !cursor.read(value, start(value), value.length)) {
      return null;
    }
    return new Letter(
        cursor.text(failure),
        cursor.longValue(arrival),
        cursor.bytes(bytes),
        cursor.longValue(attempt));
  }

  /** Where the value begins; at the end, where nothing is, if the header is of something else. */
  private int start(byte[] value) {
    if (value.length >= SingleObject.HEADER_LENGTH && SingleObject.isMarked(value)) {
      return SingleObject.fingerprint(value) == fingerprint
          ? SingleObject.HEADER_LENGTH
          : value.length;
    }
    boolean isRegistered = value.length >= WireFormat.HEADER_LENGTH && WireFormat.isMarked(value);
    return isRegistered ? WireFormat.HEADER_LENGTH : value.length;
  }
}
