package dev.thalweg.jobs.config;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * What was set in files and on the command line, later over earlier. Reads typed values; collects
 * every mistake, and reports all of them when {@link #check()} is called.
 */
public final class Settings {
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final List<String> mistakes = new ArrayList<>();

  private Settings() {}

  /**
   * Reads a job's arguments: {@code --base FILE}, {@code --config FILE} laid over it, and {@code
   * -Dkey=value} over both.
   *
   * @throws ConfigException if an argument is not one of these
   */
  public static Settings ofArguments(String... args) {
    Settings all = new Settings();
    Map<String, Setting> defined = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if ((arg.equals("--base") || arg.equals("--config")) && i + 1 < args.length) {
        // The base lies below, wherever on the line it stands.
        files.add(arg.equals("--base") ? 0 : files.size(), Path.of(args[++i]));
      } else if (arg.startsWith("-D") && arg.indexOf('=') > 2) {
        int equals = arg.indexOf('=');
        defined.put(arg.substring(2, equals), new Setting(arg.substring(equals + 1), "-D"));
      } else {
        all.mistakes.add(arg + ": not understood; use --base FILE, --config FILE or -Dkey=value");
      }
    }
    files.forEach(file -> all.settings.putAll(YamlSettings.read(file, all.mistakes)));
    all.settings.putAll(defined);
    return all;
  }

  /** Reports keys that nobody knows. */
  public void checkKeys(List<ConfigOption<?>> options, List<String> prefixes) {
    settings.forEach(
        (key, setting) -> {
          boolean known =
              options.stream().anyMatch(option -> option.key().equals(key))
                  || prefixes.stream().anyMatch(key::startsWith);
          if (!known) {
            mistakes.add(
                setting.where() + ": " + key + ": no such option" + suggestion(key, options));
          }
        });
  }

  private static String suggestion(String key, List<ConfigOption<?>> options) {
    return options.stream()
        .map(ConfigOption::key)
        .filter(known -> EditDistance.of(key, known) <= 3)
        .findFirst()
        .map(known -> "; did you mean " + known + "?")
        .orElse("; see the job's reference file in flink-conf/jobs");
  }

  /**
   * The value of an option, or its default; null, and a mistake noted, if it is missing or not of
   * its type.
   */
  public <T> T get(ConfigOption<T> option) {
    Setting setting = settings.get(option.key());
    if (setting == null || setting.value().isBlank() && !option.hasDefaultValue()) {
      if (!option.hasDefaultValue()) {
        mistakes.add(option.key() + ": required, and not set");
      }
      return option.defaultValue();
    }
    try {
      return Configuration.fromMap(Map.of(option.key(), setting.value())).get(option);
    } catch (IllegalArgumentException e) {
      refuse(option.key(), rootMessage(e));
      return null;
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Objects.toString(root.getMessage(), root.getClass().getSimpleName())
        .lines()
        .findFirst()
        .orElse("");
  }

  /** An instant in ISO-8601; null, and a mistake noted, if it is none. */
  public Instant instant(ConfigOption<String> option) {
    String text = get(option);
    try {
      return text == null || text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      refuse(option.key(), "not an instant such as 2026-11-01T00:00:00Z");
      return null;
    }
  }

  /**
   * Builds a part of the configuration; an {@link IllegalArgumentException} from it becomes a
   * mistake under that key.
   *
   * @return the part, or null if it was refused, or if mistakes were found before
   */
  public <T, R> R part(String key, T value, Function<T, R> build) {
    if (value == null) {
      return null;
    }
    try {
      return build.apply(value);
    } catch (IllegalArgumentException e) {
      refuse(key, e.getMessage());
      return null;
    }
  }

  private void refuse(String key, String reason) {
    Setting setting = settings.get(key);
    String where = setting == null ? "" : setting.where() + ": ";
    String value = setting == null ? "" : " is '" + setting.value() + "'";
    mistakes.add(where + key + value + ": " + reason);
  }

  /** All settings whose key begins with that prefix, the prefix kept. */
  public Map<String, String> withPrefix(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    settings.forEach(
        (key, setting) -> {
          if (key.startsWith(prefix)) {
            found.put(key, setting.value());
          }
        });
    return found;
  }

  /**
   * Ends reading.
   *
   * @throws ConfigException listing all mistakes, if there were any
   */
  public void check() {
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
  }
}
