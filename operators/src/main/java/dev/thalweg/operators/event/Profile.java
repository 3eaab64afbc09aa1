package dev.thalweg.operators.event;

import java.util.Objects;

/**
 * What is known of a user.
 *
 * @param userId the user
 * @param effectiveFrom from which event time on it holds, epoch milliseconds
 * @param attributes an encoded map of text; null says that nothing is known any more
 */
public record Profile(String userId, long effectiveFrom, byte[] attributes) implements Message {
  /** Refuses a missing user. */
  public Profile {
    Objects.requireNonNull(userId, "userId");
  }

  @Override
  public String key() {
    return userId;
  }
}
