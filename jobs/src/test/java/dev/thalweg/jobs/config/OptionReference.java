package dev.thalweg.jobs.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** Writes a YAML file that names every option of a job, with its type, default and meaning. */
public final class OptionReference {
  private static final int WIDTH = 100;

  private OptionReference() {}

  /**
   * The file's text.
   *
   * @param heading the lines at its top
   * @param options the options, those of one group together
   * @param examples values for those that have no default
   * @param footing the lines at its end
   */
  public static String write(
      List<String> heading,
      List<ConfigOption<?>> options,
      Map<String, String> examples,
      List<String> footing) {
    List<String> lines = new ArrayList<>();
    heading.forEach(line -> lines.add(("# " + line).strip()));
    List<String> open = List.of();
    for (ConfigOption<?> option : options) {
      List<String> path = List.of(option.key().split("\\."));
      List<String> groups = path.subList(0, path.size() - 1);
      int shared = shared(open, groups);
      if (shared == 0) {
        lines.add("");
      }
      for (int depth = shared; depth < groups.size(); depth++) {
        lines.add(indent(depth) + groups.get(depth) + ":");
      }
      open = groups;
      describe(option, indent(groups.size()), lines);
      lines.add(indent(groups.size()) + path.get(groups.size()) + assignment(option, examples));
    }
    lines.add("");
    lines.addAll(footing);
    return String.join("\n", lines) + "\n";
  }

  private static int shared(List<String> open, List<String> groups) {
    int shared = 0;
    while (shared < Math.min(open.size(), groups.size())
        && open.get(shared).equals(groups.get(shared))) {
      shared++;
    }
    return shared;
  }

  private static String indent(int depth) {
    return "  ".repeat(depth);
  }

  private static void describe(ConfigOption<?> option, String indent, List<String> lines) {
    String required = option.hasDefaultValue() ? "" : " Required: there is no default.";
    StringBuilder line = new StringBuilder(indent + "#");
    for (String word : (plain(option) + required + " Type: " + type(option) + ".").split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent + "#");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
  }

  /** The description of an option as plain text. */
  public static String plain(ConfigOption<?> option) {
    return new HtmlFormatter().format(option.description());
  }

  private static String type(ConfigOption<?> option) {
    return option.hasDefaultValue() ? TypedValues.allowed(option.defaultValue()) : "text";
  }

  private static String assignment(ConfigOption<?> option, Map<String, String> examples) {
    String value =
        option.hasDefaultValue()
            ? valueOf(option.defaultValue())
            : examples.getOrDefault(option.key(), "");
    return value.isEmpty() ? ":" : ": " + value;
  }

  private static String valueOf(Object value) {
    if (value instanceof Duration duration) {
      return TimeUtils.formatWithHighestUnit(duration);
    }
    return value instanceof Enum<?> constant ? TypedValues.label(constant) : value.toString();
  }
}
