package dev.thalweg.schemas.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** What AsyncAPI wants to know of Kafka. */
final class KafkaBindings {
  private static final String VERSION = "0.5.0";
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private KafkaBindings() {}

  static ObjectNode channel(StreamTopic topic) {
    ObjectNode kafka = JsonTree.object().put("topic", topic.name());
    topic.partitions().ifPresent(count -> kafka.put("partitions", count));
    topic.replicas().ifPresent(count -> kafka.put("replicas", count));
    if (!topic.settings().isEmpty()) {
      ObjectNode settings = kafka.putObject("topicConfiguration");
      topic.settings().forEach((name, value) -> putSetting(settings, name, value));
    }
    return bindings(kafka);
  }

  private static void putSetting(ObjectNode settings, String name, String value) {
    if (name.equals("cleanup.policy")) {
      ArrayNode policies = settings.putArray(name);
      for (String policy : value.split(",", -1)) {
        policies.add(policy.strip());
      }
    } else if (WHOLE.matcher(value).matches()) {
      settings.put(name, Long.parseLong(value));
    } else {
      settings.put(name, value);
    }
  }

  /** A message with a key, which is described. */
  static ObjectNode keyed(String... types) {
    ObjectNode kafka = JsonTree.object();
    ObjectNode key = kafka.putObject("key");
    if (types.length == 1) {
      key.put("type", types[0]);
    } else {
      ArrayNode all = key.putArray("type");
      for (String type : types) {
        all.add(type);
      }
    }
    return bindings(kafka);
  }

  private static ObjectNode bindings(ObjectNode kafka) {
    ObjectNode bindings = JsonTree.object();
    bindings.set("kafka", kafka.put("bindingVersion", VERSION));
    return bindings;
  }
}
