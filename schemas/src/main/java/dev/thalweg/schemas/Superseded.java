package dev.thalweg.schemas;

import java.util.Objects;

/**
 * An older version of a contract that is known to be bad: what was written under it is read as if
 * it had been written under the version that says so.
 *
 * @param version the older version
 * @param reason what was wrong with it; kept on each event that was written under it
 */
public record Superseded(int version, String reason) {
  /** Refuses a missing reason. */
  public Superseded {
    Objects.requireNonNull(reason, "reason");
  }
}
