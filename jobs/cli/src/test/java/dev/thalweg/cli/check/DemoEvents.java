package dev.thalweg.cli.check;

import dev.thalweg.cli.demo.PlantedExperiments;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Events written by hand, and what experiments make of them. */
final class DemoEvents {
  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();

  private final EventDecoder decoder = new EventDecoder(CATALOG, 1 << 20, false);
  private final ExperimentsTruth truth =
      new ExperimentsTruth(
          PlantedExperiments.read(Path.of(System.getenv("THALWEG_ROOT")), CATALOG).definitions());
  private int ids;

  /** An exposure of a user; of nobody known if that is null. */
  DemoEvents exposed(String experiment, String variant, String user, long time) {
    return add(
        "experiment_exposed",
        user,
        time,
        "\"experiment\":\"%s\",\"variant\":\"%s\"".formatted(experiment, variant));
  }

  DemoEvents reached(String goal, String user, long time) {
    return add("goal_reached", user, time, "\"goal\":\"" + goal + "\"");
  }

  DemoEvents ordered(long amount, String user, long time) {
    return add("order_placed", user, time, "\"amount_cents\":" + amount);
  }

  private DemoEvents add(String type, String user, long time, String attributes) {
    String who = user == null ? "\"anonymous_id\":\"a1\"" : "\"user_id\":\"" + user + "\"";
    String json =
        "{\"event_type\":\"%s\",\"event_id\":\"e%d\",\"event_time\":%d,%s,%s}"
            .formatted(type, ids++, time, who, attributes);
    if (!decoder.decode(json.getBytes(StandardCharsets.UTF_8))) {
      throw new IllegalArgumentException(json + ": " + decoder.failure());
    }
    truth.add(decoder.cursor());
    return this;
  }

  ExperimentsTruth truth() {
    return truth;
  }
}
