package dev.thalweg.jobs.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Declares options in a line or two each. */
public final class TypedOptions {
  private TypedOptions() {}

  /** Text that must be given. */
  public static ConfigOption<String> required(String key, String description) {
    return ConfigOptions.key(key).stringType().noDefaultValue().withDescription(description);
  }

  /** Text. */
  public static ConfigOption<String> text(String key, String description, String value) {
    return ConfigOptions.key(key).stringType().defaultValue(value).withDescription(description);
  }

  /** A duration. */
  public static ConfigOption<Duration> duration(String key, String description, Duration value) {
    return ConfigOptions.key(key).durationType().defaultValue(value).withDescription(description);
  }

  /** A number of bytes. */
  public static ConfigOption<MemorySize> size(String key, String description, String value) {
    return ConfigOptions.key(key)
        .memoryType()
        .defaultValue(MemorySize.parse(value))
        .withDescription(description);
  }
}
