package dev.thalweg.jobs.config;

import java.util.List;

/**
 * Configuration that cannot be used; the message lists every mistake, a line each. Carries no stack
 * trace: where it was thrown helps nobody to mend a file.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Lists the mistakes. */
  public ConfigException(List<String> mistakes) {
    super(String.join(System.lineSeparator(), mistakes), null, false, false);
  }
}
