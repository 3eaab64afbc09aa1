package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A Flink {@code config.yaml}, with every key written out in full. */
record FlinkProfile(Map<String, Object> options) {

  FlinkProfile {
    options = new TreeMap<>(options);
  }

  static FlinkProfile read(Path file) throws IOException {
    try {
      Object document =
          new Load(LoadSettings.builder().setLabel(file.getFileName().toString()).build())
              .loadFromString(Files.readString(file));
      Map<String, Object> flat = new TreeMap<>();
      flatten("", document, flat);
      return new FlinkProfile(flat);
    } catch (YamlEngineException e) {
      throw CommandFailure.wrongInput(file + " is not YAML: " + RootCause.of(e), e);
    }
  }

  /** These options, with others laid over them. */
  FlinkProfile with(Map<String, ?> others) {
    Map<String, Object> all = new TreeMap<>(options);
    all.putAll(others);
    return new FlinkProfile(all);
  }

  String text() {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1000).build();
    return "# Written by `stack up` from flink-conf/local/config.yaml: change that file, not this.\n"
        + new Dump(settings).dumpToString(options);
  }

  private static void flatten(String prefix, Object value, Map<String, Object> into) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) -> flatten(prefix.isEmpty() ? "" + key : prefix + "." + key, inner, into));
    } else if (value != null && !prefix.isEmpty()) {
      into.put(prefix, value);
    }
  }
}
