package dev.thalweg.cli.mapping;

import dev.thalweg.jobs.config.Problems;
import dev.thalweg.jobs.config.YamlMap;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.util.TimeUtils;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads mapping files; refuses what they must not say, all of it at once. */
public final class MappingFile {

  private static final Set<String> MADE_BY_THE_MAPPING =
      Set.of("event_id", "event_type", "event_time");

  private final String file;
  private final Problems problems = new Problems();
  private final Map<String, String> columnUses = new LinkedHashMap<>();
  private Format format = Format.NDJSON;

  private MappingFile(String file) {
    this.file = file;
  }

  /**
   * Reads a mapping file.
   *
   * @throws MappingException if it says something that a mapping cannot
   * @throws IOException if it cannot be read
   */
  public static Mapping read(Path path) throws IOException {
    try {
      return parse(path.toString(), Files.readString(path, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new MappingException(path.toString(), List.of("must be text in UTF-8"));
    }
  }

  /** Reads the text of a mapping file; {@code file} names it in complaints. */
  static Mapping parse(String file, String yaml) {
    MappingFile reading = new MappingFile(file);
    Mapping mapping = reading.mapping(root(file, yaml));
    List<String> problems = reading.problems.inOrder("line ");
    if (!problems.isEmpty()) {
      throw new MappingException(file, problems);
    }
    return mapping;
  }

  private static Node root(String file, String yaml) {
    try {
      Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(yaml);
      return root.orElseThrow(() -> new MappingException(file, List.of("is empty")));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new MappingException(file, List.of("line " + line + ": not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      throw new MappingException(file, List.of("not YAML: " + e.getMessage()));
    }
  }

  private Mapping mapping(Node node) {
    YamlMap root = new YamlMap(node, "", problems);
    Format given = root.parsed("format", Format::of);
    format = given == null ? format : given;
    IdRule id = root.optionalParsed("id", IdRule::of).orElse(IdRule.of("row-hash"));
    if (id != null) {
      id.column().ifPresent(column -> uses(root, "id", column));
    }
    TimeRule time = root.map("time").map(this::time).orElse(null);
    boolean profiles = root.has("profile");
    if (profiles == root.has("events")) {
      problems.add(node, "", "must have either events or profile");
    }
    ProfileRule profile = profiles ? root.map("profile").map(this::profile).orElse(null) : null;
    List<EventRule> events =
        root.has("events") ? root.maps("events").stream().map(this::event).toList() : List.of();
    if (!profiles && !root.has("time")) {
      problems.add(node, "time", "is missing");
    }
    root.refuseOthers();
    return profiles
        ? Mapping.ofProfiles(file, format, time, profile, columnUses)
        : Mapping.ofEvents(file, format, id, time, events, columnUses);
  }

  private void uses(YamlMap map, String key, String column) {
    columnUses.putIfAbsent(column, "line " + map.line(key) + ": " + map.keyPath(key));
  }

  private TimeRule time(YamlMap map) {
    if (map.has("constant")) {
      TimeRule constant = map.parsed("constant", TimeRule::constant);
      map.refuseOthers();
      return constant;
    }
    String column = map.text("column");
    String pattern = map.optionalParsed("format", TimeRule::checkedFormat).orElse("iso");
    ZoneId zone = map.optionalParsed("zone", TimeRule::zone).orElse(ZoneOffset.UTC);
    map.refuseOthers();
    if (column == null) {
      return null;
    }
    uses(map, "column", column);
    return TimeRule.column(column, pattern, zone);
  }

  private EventRule event(YamlMap map) {
    Optional<Condition> when = map.optionalParsed("when", text -> Condition.of(text, format));
    when.ifPresent(condition -> condition.columns().forEach(column -> uses(map, "when", column)));
    String eventType = map.parsed("event_type", MappingFile::notEmpty);
    Duration offset = map.optionalParsed("offset", MappingFile::duration).orElse(Duration.ZERO);
    Map<String, FieldRule> fields = new LinkedHashMap<>();
    if (!map.has("fields")) {
      map.take("fields");
    }
    map.map("fields").ifPresent(entries -> readFields(entries, fields));
    map.refuseOthers();
    return new EventRule(when, eventType, fields, offset);
  }

  private void readFields(YamlMap entries, Map<String, FieldRule> fields) {
    for (String name : entries.remaining()) {
      if (MADE_BY_THE_MAPPING.contains(name)) {
        entries.take(name);
        entries.refuse(name, "is made by the mapping itself");
        continue;
      }
      FieldRule rule = field(entries, name);
      if (rule != null) {
        rule.columns().forEach(column -> uses(entries, name, column));
        fields.put(name, rule);
      }
    }
  }

  private FieldRule field(YamlMap entries, String name) {
    if (entries.take(name) instanceof MappingNode) {
      return entries.map(name).map(MappingFile::computedField).orElse(null);
    }
    Template template = entries.parsed(name, Template::of);
    return template == null ? null : new FieldRule.Text(template);
  }

  private static FieldRule computedField(YamlMap map) {
    FieldRule rule = null;
    if (map.has("constant")) {
      String text = map.text("constant");
      rule = text == null ? null : new FieldRule.Constant(text);
    } else {
      String column = map.text("column");
      Optional<BigDecimal> scale = map.optionalParsed("scale", MappingFile::scale);
      if (column != null) {
        rule =
            scale
                .<FieldRule>map(factor -> new FieldRule.Scaled(column, factor))
                .orElseGet(() -> new FieldRule.Text(Template.ofColumn(column)));
      }
    }
    map.refuseOthers();
    return rule;
  }

  private ProfileRule profile(YamlMap map) {
    Template userId = map.parsed("user_id", Template::of);
    if (userId != null) {
      userId.columns().forEach(column -> uses(map, "user_id", column));
    }
    Map<String, Template> attributes = new LinkedHashMap<>();
    map.map("attributes")
        .ifPresent(
            entries -> {
              for (String name : entries.remaining()) {
                Template template = entries.parsed(name, Template::of);
                if (template != null) {
                  template.columns().forEach(column -> uses(entries, name, column));
                  attributes.put(name, template);
                }
              }
            });
    map.refuseOthers();
    return new ProfileRule(userId, attributes);
  }

  private static String notEmpty(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  private static BigDecimal scale(String text) {
    try {
      BigDecimal scale = new BigDecimal(text);
      if (scale.signum() > 0 && scale.precision() - scale.scale() <= 18 && scale.scale() <= 18) {
        return scale;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' must be a number above 0", e);
    }
    throw new IllegalArgumentException("'" + text + "' must be a number above 0 of usual size");
  }

  private static Duration duration(String text) {
    boolean negative = text.startsWith("-");
    try {
      Duration duration = TimeUtils.parseDuration(negative ? text.substring(1) : text);
      return negative ? duration.negated() : duration;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' must be a duration such as 1s or 5m", e);
    }
  }
}
