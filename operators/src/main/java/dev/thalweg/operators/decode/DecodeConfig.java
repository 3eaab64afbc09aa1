package dev.thalweg.operators.decode;

import java.io.Serializable;

/**
 * How records are decoded.
 *
 * @param maxBytes longest value accepted, in bytes
 * @param rejectUnknownFields whether a JSON attribute that the contract does not know makes the
 *     event a {@code schema_violation}; otherwise it is dropped and counted
 */
public record DecodeConfig(int maxBytes, boolean rejectUnknownFields) implements Serializable {
  /** Refuses a size below one byte. */
  public DecodeConfig {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1, is " + maxBytes);
    }
  }
}
