package dev.thalweg.jobs.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;

/**
 * What was set in files and on the command line, later over earlier. Reads typed values; collects
 * every mistake, and reports all of them when {@link #check()} is called.
 */
public final class Settings {
  private static final String COMMAND_LINE = "command line";

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Map<String, Branch> branches = new LinkedHashMap<>();
  private final List<String> mistakes = new ArrayList<>();

  private Settings() {}

  /**
   * Reads a job's arguments: {@code --base FILE}, {@code --config FILE} laid over it, and {@code
   * -Dkey=value} over both. What is wrong with them is reported by {@link #check()}.
   */
  public static Settings ofArguments(String... args) {
    return ofArguments(Set.of(), args);
  }

  /**
   * Reads a job's arguments, and leaves what stands below certain keys in files as it is.
   *
   * @param branchKeys those keys; a later file's value replaces the whole of an earlier one's
   */
  public static Settings ofArguments(Set<String> branchKeys, String... args) {
    Settings all = new Settings();
    Map<String, Setting> defined = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if ((arg.equals("--base") || arg.equals("--config")) && i + 1 < args.length) {
        // The base lies below, wherever on the line it stands.
        all.addFile(files, arg.equals("--base") ? 0 : files.size(), args[++i]);
      } else if (arg.startsWith("-D") && arg.indexOf('=') > 2) {
        int equals = arg.indexOf('=');
        String key = arg.substring(2, equals).strip();
        defined.put(key, new Setting(arg.substring(equals + 1), COMMAND_LINE));
      } else {
        String shown = arg.indexOf('=') < 0 ? arg : arg.substring(0, arg.indexOf('=')) + "=...";
        all.mistakes.add(
            COMMAND_LINE
                + ": "
                + shown
                + ": not understood; use --base FILE, --config FILE or -Dkey=value");
      }
    }
    files.forEach(file -> all.putAll(YamlSettings.read(file, branchKeys, all.mistakes)));
    defined.keySet().removeIf(key -> all.refuseBranch(key, branchKeys));
    all.settings.putAll(defined);
    return all;
  }

  private void putAll(YamlSettings file) {
    settings.putAll(file.settings());
    branches.putAll(file.branches());
  }

  private boolean refuseBranch(String key, Set<String> branchKeys) {
    for (String branch : branchKeys) {
      if (key.equals(branch) || key.startsWith(branch + ".")) {
        mistakes.add(COMMAND_LINE + ": " + key + ": can only stand in a file");
        return true;
      }
    }
    return false;
  }

  private void addFile(List<Path> files, int at, String name) {
    try {
      files.add(at, Path.of(name));
    } catch (InvalidPathException e) {
      mistakes.add(COMMAND_LINE + ": " + name + ": not the name of a file");
    }
  }

  /**
   * Reports keys that nobody knows.
   *
   * @param options the options
   * @param mine whether these options are to judge a key; the rest others judge
   */
  public void checkKeys(List<ConfigOption<?>> options, Predicate<String> mine) {
    settings.forEach(
        (key, setting) -> {
          boolean empty = setting.value().isEmpty() && isGroup(key + ".", options, mine);
          if (mine.test(key) && !isKnown(key, options) && !empty) {
            mistakes.add(
                setting.where() + ": " + key + ": no such option" + suggestion(key, options));
          }
        });
  }

  private static boolean isKnown(String key, List<ConfigOption<?>> options) {
    return options.stream().anyMatch(option -> option.key().equals(key));
  }

  /** Whether other keys stand under it, here all of them commented out. */
  private static boolean isGroup(
      String group, List<ConfigOption<?>> options, Predicate<String> mine) {
    return !mine.test(group) || options.stream().anyMatch(o -> o.key().startsWith(group));
  }

  private static String suggestion(String key, List<ConfigOption<?>> options) {
    return options.stream()
        .map(ConfigOption::key)
        .filter(known -> known.endsWith("." + key) || EditDistance.of(key, known) <= 3)
        .min(Comparator.comparingInt(known -> EditDistance.of(key, known)))
        .map(known -> "; did you mean " + known + "?")
        .orElse("; see the job's reference file in flink-conf/jobs");
  }

  /**
   * The value of an option, or its default; null, and a mistake noted, if it is missing or not of
   * its type.
   */
  public <T> T get(ConfigOption<T> option) {
    Setting setting = settings.get(option.key());
    if (setting == null || (setting.value().isBlank() && !option.hasDefaultValue())) {
      if (!option.hasDefaultValue()) {
        String where = setting == null ? "" : setting.where() + ": ";
        mistakes.add(where + option.key() + ": required, and not set");
      }
      return option.defaultValue();
    }
    try {
      return TypedValues.parse(option, setting.value());
    } catch (IllegalArgumentException e) {
      refuse(option.key(), e.getMessage());
      return null;
    }
  }

  /** An instant in ISO-8601; null, and a mistake noted, if it is none. */
  public Instant instant(ConfigOption<String> option) {
    String text = get(option);
    try {
      return text == null || text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      refuse(option.key(), "use an instant such as 2026-11-01T00:00:00Z");
      return null;
    }
  }

  /**
   * Builds a part of the configuration; an {@link IllegalArgumentException} from it becomes a
   * mistake under that key.
   *
   * @return the part, or null if it was refused, or if there is no value
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

  /** What stands in a file below one of the keys that were left as they are; empty for nothing. */
  public Optional<Branch> branch(String key) {
    return Optional.ofNullable(branches.get(key)).filter(branch -> !branch.isEmpty());
  }

  /** Notes mistakes that others found, each with its place. */
  public void addMistakes(List<String> found) {
    mistakes.addAll(found);
  }

  /** Notes that the value of that key cannot be used. */
  public void refuse(String key, String reason) {
    Setting setting = settings.get(key);
    String where = setting == null ? "" : setting.where() + ": ";
    String value = setting == null ? "" : " is '" + Secrets.hide(key, setting.value()) + "'";
    mistakes.add(where + key + value + ": " + reason);
  }

  /** All settings whose key begins with one of those prefixes, the prefix kept. */
  public Map<String, String> withPrefixes(List<String> prefixes) {
    Map<String, String> found = new LinkedHashMap<>();
    settings.forEach(
        (key, setting) -> {
          if (prefixes.stream().anyMatch(key::startsWith)) {
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
