package dev.thalweg.operators.experiments.flags;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;

/**
 * flagd's flag definitions ("Flag Definitions", flagd.dev), compiled once. Reads no clock: {@code
 * $flagd.timestamp} is the time of the event. Where flagd's implementations differ, what its
 * conformance suite (flagd-testbed) asks for. Immutable.
 */
public final class FlagDocument {
  private static final int DEEPEST = 200;
  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private final Map<String, Targeting> flags = new HashMap<>();

  private FlagDocument(JsonNode document) {
    JsonNode definitions = document.path("flags");
    if (!definitions.isObject()) {
      throw new FlagDocumentException("flags: must be an object of flags by key");
    }
    FlagReader reader = new FlagReader(document.path("$evaluators"));
    definitions
        .properties()
        .forEach(flag -> flags.put(flag.getKey(), reader.read(flag.getKey(), flag.getValue())));
  }

  /**
   * Reads a document.
   *
   * @param json an object with {@code flags} and, where rules share parts, {@code $evaluators}
   * @throws FlagDocumentException where it is none. A flag whose rule alone cannot be read
   *     evaluates to {@link ErrorCode#PARSE_ERROR} instead
   */
  public static FlagDocument parse(String json) {
    try {
      return new FlagDocument(READER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new FlagDocumentException("not JSON" + place(e.getLocation()) + ": " + why(e));
    }
  }

  private static String place(JsonLocation at) {
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /** The parser's words without its own settings. */
  private static String why(JsonProcessingException e) {
    if (!(e instanceof StreamReadException || e instanceof StreamConstraintsException)) {
      return "something follows the document";
    }
    String message = e.getOriginalMessage().lines().findFirst().orElse("");
    int settings = message.indexOf(" (start marker");
    return settings < 0 ? message : message.substring(0, settings);
  }

  /**
   * Evaluates a flag. Throws nothing: a flag that is absent or disabled and a rule that fails are
   * results. A rule that is a plain fractional allocates nothing.
   */
  public Evaluation evaluate(String flag, FlagContext context) {
    Targeting targeting = flags.get(flag);
    return targeting == null
        ? Evaluation.error(
            ErrorCode.FLAG_NOT_FOUND, "flag " + Quoted.of(String.valueOf(flag)) + " is not defined")
        : targeting.evaluate(context);
  }

  /** The compiled rule of a flag; null where there is none. */
  Targeting targeting(String flag) {
    return flags.get(flag);
  }
}
