package dev.thalweg.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** All that a decoder says of one value, to compare and to show. */
record Decoded(
    Contract contract, Failure failure, String message, int unknownFields, String payload) {
  static final int MIB = 1 << 20;

  static Decoded of(EventDecoder decoder, byte[] value) {
    boolean accepted = decoder.decode(value);
    if (accepted != (decoder.failure() == null) || accepted != (decoder.message() == null)) {
      throw new AssertionError(accepted + ", but " + decoder.failure() + decoder.message());
    }
    String payload =
        accepted
            ? Arrays.toString(
                Arrays.copyOfRange(
                    decoder.payload(), decoder.payloadStart(), decoder.payload().length))
            : null;
    return new Decoded(
        decoder.contract(), decoder.failure(), decoder.message(), decoder.unknownFields(), payload);
  }

  static Decoded of(byte[] value) {
    return of(decoder(), value);
  }

  static Decoded of(String json) {
    return of(json.getBytes(StandardCharsets.UTF_8));
  }

  static EventDecoder decoder() {
    return new EventDecoder(
        dev.thalweg.schemas.testkit.TestEvents.catalog(), MIB, /* rejectUnknownFields= */ false);
  }

  /** The event type as dead letters show it. */
  String eventType() {
    return contract == null ? "unknown" : Objects.requireNonNull(contract.type());
  }
}
