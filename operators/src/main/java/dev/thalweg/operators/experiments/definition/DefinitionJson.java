package dev.thalweg.operators.experiments.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.operators.experiments.flags.FlagDocument;
import dev.thalweg.operators.experiments.flags.FlagDocumentException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Definitions as they stand in the topic: {@code {"flagd": ..., "analysis": ...}}. The first half
 * is a flag document for flagd, the second all that the definition says. The same definition is the
 * same text, byte for byte.
 */
public final class DefinitionJson {
  private DefinitionJson() {}

  /** The text of a definition, on one line. */
  public static String write(ExperimentDefinition definition) {
    ObjectNode both = JsonNodeFactory.instance.objectNode();
    both.set("flagd", FlagWriter.of(definition));
    both.set("analysis", AnalysisWriter.of(definition));
    return both.toString();
  }

  /** The flag document alone, as flagd loads it. */
  public static String flagd(ExperimentDefinition definition) {
    return FlagWriter.of(definition).toString();
  }

  /**
   * The definition of a text.
   *
   * @throws DefinitionJsonException where it is none
   */
  public static ExperimentDefinition read(String json) {
    JsonFields both = new JsonFields(tree(json), "definition");
    JsonNode flagd = both.node("flagd");
    JsonFields analysis = new JsonFields(both.node("analysis"), "analysis");
    ExperimentDefinition definition = AnalysisReader.definition(analysis);
    check(flagd, definition.experiment());
    return both.built(() -> definition);
  }

  /** How flag documents are made may change; that it is one, and of this experiment, may not. */
  private static void check(JsonNode flagd, String experiment) {
    if (!flagd.path("flags").path(experiment).isObject()) {
      throw new DefinitionJsonException("flagd.flags", "has no flag " + experiment);
    }
    try {
      FlagDocument.parse(flagd.toString());
    } catch (FlagDocumentException e) {
      throw new DefinitionJsonException("flagd", e.getMessage());
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JsonText.read(json);
    } catch (IllegalArgumentException e) {
      throw new DefinitionJsonException("definition", e.getMessage());
    }
  }

  /**
   * SHA-256, in hexadecimal digits, of all that a decision follows from besides the numbers:
   * policy, guardrails, statistics.
   */
  public static String policyHash(ExperimentDefinition definition) {
    ObjectNode decisions = JsonNodeFactory.instance.objectNode();
    AnalysisWriter.addDecisions(decisions, definition);
    try {
      byte[] text = decisions.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
