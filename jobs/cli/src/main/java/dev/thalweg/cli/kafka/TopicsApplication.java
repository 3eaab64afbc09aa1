package dev.thalweg.cli.kafka;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.jobs.Deployment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** Makes the brokers' topics what the declarations say; changes nothing when one cannot be met. */
public record TopicsApplication(KafkaConnection kafka, Deployment deployment) {

  /** Creates and alters; answers what was done, one entry per declaration. */
  public List<TopicChange> apply(TopicsFile declared) {
    try (Admin admin = kafka.admin()) {
      Map<String, TopicDescription> present = describe(admin, declared.topics());
      Map<String, Config> settings = settings(admin, present.keySet());
      refuseConflicts(declared.topics(), present, settings);
      List<TopicChange> changes = new ArrayList<>();
      for (TopicDeclaration topic : declared.topics()) {
        String name = deployment.prefix(topic.name());
        changes.add(
            present.containsKey(name)
                ? alter(admin, topic, present.get(name), settings.get(name))
                : create(admin, topic));
      }
      return changes;
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** The topics of the brokers that are declared, as they are now; the others are absent. */
  public Map<String, TopicDescription> present(TopicsFile declared) {
    try (Admin admin = kafka.admin()) {
      return describe(admin, declared.topics());
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** The settings of these topics, by topic and name. */
  public Map<String, Config> settings(Collection<String> topics) {
    try (Admin admin = kafka.admin()) {
      return settings(admin, topics);
    }
  }

  private Map<String, TopicDescription> describe(Admin admin, List<TopicDeclaration> topics) {
    Set<String> names = get(admin.listTopics().names());
    List<String> wanted =
        topics.stream()
            .map(topic -> deployment.prefix(topic.name()))
            .filter(names::contains)
            .toList();
    return get(admin.describeTopics(wanted).allTopicNames());
  }

  private Map<String, Config> settings(Admin admin, Collection<String> topics) {
    List<ConfigResource> resources =
        topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, Config> byName = new HashMap<>();
    get(admin.describeConfigs(resources).all())
        .forEach((resource, config) -> byName.put(resource.name(), config));
    return byName;
  }

  private void refuseConflicts(
      List<TopicDeclaration> declared,
      Map<String, TopicDescription> present,
      Map<String, Config> settings) {
    List<String> conflicts = new ArrayList<>();
    for (TopicDeclaration topic : declared) {
      String name = deployment.prefix(topic.name());
      if (!present.containsKey(name)) {
        continue;
      }
      int partitions = present.get(name).partitions().size();
      if (partitions > topic.partitions()) {
        conflicts.add(
            "%s has %d partitions and %d are declared: partitions cannot be taken away, declare %d or more"
                .formatted(name, partitions, topic.partitions(), partitions));
      }
      String cleanup = settings.get(name).get("cleanup.policy").value();
      if (!cleanup.equals(topic.cleanup().policy())) {
        conflicts.add(
            "%s is '%s' and '%s' is declared: records would be lost, alter it by hand if that is meant"
                .formatted(name, cleanup, topic.cleanup().policy()));
      }
    }
    if (!conflicts.isEmpty()) {
      throw CommandFailure.wrongInput(String.join("; ", conflicts));
    }
  }

  private TopicChange create(Admin admin, TopicDeclaration topic) {
    String name = deployment.prefix(topic.name());
    get(
        admin
            .createTopics(
                List.of(
                    new NewTopic(name, topic.partitions(), topic.replication())
                        .configs(topic.settings())))
            .all());
    return new TopicChange(name, topic.partitions(), List.of("created"));
  }

  private TopicChange alter(
      Admin admin, TopicDeclaration topic, TopicDescription present, Config settings) {
    List<String> changes = new ArrayList<>();
    int partitions = present.partitions().size();
    if (partitions < topic.partitions()) {
      get(
          admin
              .createPartitions(
                  Map.of(present.name(), NewPartitions.increaseTo(topic.partitions())))
              .all());
      changes.add("partitions " + partitions + " -> " + topic.partitions());
    }
    List<AlterConfigOp> alterations = new ArrayList<>();
    topic
        .settings()
        .forEach(
            (key, value) -> {
              String now = settings.get(key).value();
              if (!value.equals(now)) {
                changes.add(key + " " + now + " -> " + value);
                alterations.add(
                    new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
              }
            });
    if (!alterations.isEmpty()) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, present.name());
      get(admin.incrementalAlterConfigs(Map.of(resource, alterations)).all());
    }
    return new TopicChange(present.name(), topic.partitions(), changes);
  }

  private <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }

  private CommandFailure unreachable(Exception cause) {
    return CommandFailure.failed(
        "Kafka at %s: %s; is the stack up?".formatted(kafka.bootstrap(), RootCause.of(cause)),
        cause);
  }
}
