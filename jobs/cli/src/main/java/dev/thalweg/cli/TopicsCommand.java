package dev.thalweg.cli;

import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.cli.kafka.TopicChange;
import dev.thalweg.cli.kafka.TopicDeclaration;
import dev.thalweg.cli.kafka.TopicsApplication;
import dev.thalweg.cli.kafka.TopicsFile;
import dev.thalweg.jobs.Deployment;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code topics apply|list}. */
@Command(
    name = "topics",
    description = "Creates and alters topics as flink-conf/topics.yaml declares, or lists them.")
final class TopicsCommand extends ThalwegCommand {

  @Parameters(paramLabel = "apply|list", description = "what to do")
  private Action action;

  @Mixin private DeploymentOption deployment;

  @Override
  public Integer call() {
    Deployment only = deployment.get();
    TopicsFile declared = TopicsFile.read(TopicsFile.of(settings().root()));
    TopicsApplication topics =
        new TopicsApplication(KafkaConnection.to(addresses().kafkaBootstrap()), only);
    System.out.println(
        action == Action.APPLY ? apply(topics, declared) : list(topics, declared, only));
    return 0;
  }

  private static TextTable apply(TopicsApplication topics, TopicsFile declared) {
    TextTable table = TextTable.of("topic", "partitions", "change").alignRight(1);
    for (TopicChange change : topics.apply(declared)) {
      table.row(
          change.topic(),
          Integer.toString(change.partitions()),
          change.isChange() ? String.join(", ", change.changes()) : "unchanged");
    }
    return table;
  }

  private static TextTable list(
      TopicsApplication topics, TopicsFile declared, Deployment deployment) {
    Map<String, TopicDescription> present = topics.present(declared);
    Map<String, Config> settings = topics.settings(present.keySet());
    TextTable table =
        TextTable.of("topic", "partitions", "cleanup", "retention", "largest message")
            .alignRight(1)
            .alignRight(4);
    for (TopicDeclaration topic : declared.topics()) {
      String name = deployment.prefix(topic.name());
      if (present.containsKey(name)) {
        Config config = settings.get(name);
        table.row(
            name,
            Integer.toString(present.get(name).partitions().size()),
            config.get("cleanup.policy").value(),
            retention(config.get("retention.ms").value()),
            config.get("max.message.bytes").value());
      } else {
        table.row(name, "-", "-", "absent: run topics apply", "-");
      }
    }
    return table;
  }

  private static String retention(String millis) {
    return millis.startsWith("-")
        ? "forever"
        : java.time.Duration.ofMillis(Long.parseLong(millis))
            .toString()
            .substring(2)
            .toLowerCase(java.util.Locale.ROOT);
  }

  /** What can be done with topics. */
  enum Action {
    APPLY,
    LIST
  }
}
