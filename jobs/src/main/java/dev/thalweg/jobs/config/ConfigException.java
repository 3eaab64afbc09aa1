package dev.thalweg.jobs.config;

import java.util.List;

/** Configuration that cannot be used; the message lists every mistake, a line each. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Lists the mistakes. */
  public ConfigException(List<String> mistakes) {
    super(String.join(System.lineSeparator(), mistakes));
  }
}
