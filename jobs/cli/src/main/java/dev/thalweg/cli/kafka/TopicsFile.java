package dev.thalweg.cli.kafka;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** The topics that {@code flink-conf/topics.yaml} declares. */
public record TopicsFile(List<TopicDeclaration> topics) {

  /** The file of a repository. */
  public static Path of(Path root) {
    return root.resolve("flink-conf").resolve("topics.yaml");
  }

  /** Reads and checks a file; reports all that is wrong with it at once, each with its line. */
  public static TopicsFile read(Path file) {
    try {
      return parse(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw CommandFailure.wrongInput("cannot read the topics: " + RootCause.of(e), e);
    }
  }

  static TopicsFile parse(String label, String text) {
    Optional<Node> document;
    try {
      document =
          new Compose(LoadSettings.builder().setLabel(label).setUseMarks(true).build())
              .composeString(text);
    } catch (YamlEngineException e) {
      throw CommandFailure.wrongInput(label + " is not YAML: " + RootCause.of(e), e);
    }
    TopicsReader reader = new TopicsReader(label);
    List<TopicDeclaration> topics = reader.read(document);
    if (!reader.problems().isEmpty()) {
      throw CommandFailure.wrongInput(String.join("; ", reader.problems()));
    }
    return new TopicsFile(topics);
  }
}
