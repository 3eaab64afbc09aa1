package dev.thalweg.schemas.lint;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens to personal data before anyone reads it; written in lower case. */
public enum Protection {
  /** It is left out. */
  DROP,
  /** It is replaced by a keyed hash. */
  PSEUDONYMIZE,
  /** It is replaced by a token that a vault can turn back. */
  TOKENIZE,
  /** It is encrypted. */
  ENCRYPT,
  /** It is cut to a part that fits many people. */
  TRUNCATE;

  /** The protection of that name; empty if there is none. */
  static Optional<Protection> named(String name) {
    return Stream.of(values()).filter(known -> known.toString().equals(name)).findFirst();
  }

  /** As contracts write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
