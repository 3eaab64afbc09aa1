package dev.thalweg.cli.check;

import dev.thalweg.cli.kafka.CommittedRecords;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What experiments on users must show, counted with plain loops over the committed canonical
 * events: of the kind of those of {@code flink-conf/experiments/demo}.
 */
public final class ExperimentsTruth {
  private final Map<String, List<String>> variants = new TreeMap<>();
  private final Map<String, UnitTruth> units = new HashMap<>();
  private final Map<String, Long> invalid = new HashMap<>();
  private long events;

  ExperimentsTruth(List<ExperimentDefinition> definitions) {
    definitions.forEach(
        definition ->
            variants.put(
                definition.experiment(),
                definition.design().allocation().variants().stream().map(Variant::name).toList()));
  }

  /** Of all events committed to the topic. */
  public static ExperimentsTruth of(
      KafkaConnection kafka,
      String topic,
      ContractCatalog catalog,
      List<ExperimentDefinition> definitions) {
    ExperimentsTruth truth = new ExperimentsTruth(definitions);
    CanonicalReader reader = new CanonicalReader(catalog);
    new CommittedRecords(kafka, topic)
        .read(
            false,
            record -> {
              EventCursor event = reader.read(record.value());
              if (event != null) {
                truth.add(event);
              }
              return true;
            });
    return truth;
  }

  void add(EventCursor event) {
    events++;
    String user = event.isNull(CoreFields.USER_ID) ? null : event.text(CoreFields.USER_ID);
    long time = event.longValue(CoreFields.EVENT_TIME);
    switch (event.contract().type()) {
      case "experiment_exposed" -> expose(event, user, time);
      case "goal_reached" -> {
        if (user != null && text(event, "goal").equals("purchase")) {
          unit(user).purchased(time);
        }
      }
      case "order_placed" -> {
        if (user != null) {
          unit(user).ordered(time, event.longValue(position(event, "amount_cents")));
        }
      }
      default -> {}
    }
  }

  private void expose(EventCursor event, String user, long time) {
    String experiment = text(event, "experiment");
    String variant = text(event, "variant");
    if (!variants.containsKey(experiment)) {
      return;
    }
    if (user == null || !variants.get(experiment).contains(variant)) {
      invalid.merge(experiment, 1L, Long::sum);
    } else {
      unit(user).exposed(time, experiment, variant);
    }
  }

  private UnitTruth unit(String user) {
    return units.computeIfAbsent(user, id -> new UnitTruth());
  }

  private static String text(EventCursor event, String field) {
    return event.text(position(event, field));
  }

  private static int position(EventCursor event, String field) {
    return event.contract().field(field).position();
  }

  /** All events, whatever they are. */
  public long events() {
    return events;
  }

  /** What each must show, by its id. */
  public Map<String, ExperimentTruth> experiments() {
    Map<String, ExperimentTruth> truths = new TreeMap<>();
    variants.forEach(
        (experiment, names) ->
            truths.put(
                experiment,
                ExperimentTruth.of(
                    experiment, names, units.values(), invalid.getOrDefault(experiment, 0L))));
    return truths;
  }
}
