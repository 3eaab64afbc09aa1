package dev.thalweg.cli;

import dev.thalweg.cli.kafka.TopicDeclaration;
import dev.thalweg.cli.kafka.TopicsFile;
import dev.thalweg.jobs.Deployment;
import dev.thalweg.schemas.export.StreamTopic;
import dev.thalweg.schemas.export.Streams;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The streams of the ingest job, with what {@code flink-conf/topics.yaml} says of their topics. */
final class DeclaredStreams {

  private DeclaredStreams() {}

  static Streams of(Path root, Deployment deployment) {
    IngestTopics topics = IngestTopics.of(root, deployment);
    TopicsFile declared = TopicsFile.read(TopicsFile.of(root));
    return new Streams(
        topic(topics.events(), declared, deployment),
        topic(topics.canonical(), declared, deployment),
        topic(topics.deadLetters(), declared, deployment),
        topic(topics.profiles(), declared, deployment));
  }

  private static StreamTopic topic(String name, TopicsFile declared, Deployment deployment) {
    return declared.topics().stream()
        .filter(declaration -> deployment.prefix(declaration.name()).equals(name))
        .findFirst()
        .map(declaration -> known(name, declaration))
        .orElseGet(() -> StreamTopic.named(name));
  }

  private static StreamTopic known(String name, TopicDeclaration declaration) {
    return new StreamTopic(
        name,
        OptionalInt.of(declaration.partitions()),
        OptionalInt.of(declaration.replication()),
        declaration.settings());
  }
}
