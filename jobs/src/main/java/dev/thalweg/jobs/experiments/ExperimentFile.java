package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.config.Problems;
import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the file of one experiment; refuses what cannot be meant, all of it at once. */
public final class ExperimentFile {
  private ExperimentFile() {}

  /**
   * The experiment of a file, as version 1 in phase 1.
   *
   * @throws ConfigException listing every mistake with its line
   */
  public static ExperimentDefinition read(Path file, ContractCatalog catalog) {
    Problems problems = new Problems();
    YamlMap root = new YamlMap(root(file), "", problems);
    ExperimentDefinition definition =
        root.isMap() ? new ExperimentReader(root, problems, catalog).read() : null;
    List<String> mistakes = problems.inOrder(file + ":");
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
    return Objects.requireNonNull(definition, "an experiment without mistakes");
  }

  private static Node root(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return new Compose(LoadSettings.builder().setLabel(file.toString()).build())
          .composeString(text)
          .orElseThrow(() -> refused(file + ": is empty"));
    } catch (CharacterCodingException e) {
      throw refused(file + ": not a text file in UTF-8");
    } catch (IOException e) {
      throw refused(file + ": " + (Files.exists(file) ? "cannot be read" : "no such file"));
    } catch (YamlEngineException e) {
      throw refused(file + ":" + notYaml(e));
    }
  }

  private static String notYaml(YamlEngineException e) {
    if (e instanceof MarkedYamlEngineException marked) {
      int line = marked.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      return line + ": not YAML: " + marked.getProblem();
    }
    return " not YAML: " + e.getMessage().lines().findFirst().orElse("");
  }

  private static ConfigException refused(String mistake) {
    return new ConfigException(List.of(mistake));
  }
}
