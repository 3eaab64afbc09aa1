package dev.thalweg.cli.input;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.cli.mapping.Row;
import java.io.IOException;
import java.util.Optional;

/** The rows of an NDJSON file. */
final class JsonRows implements Rows {

  /** Numbers keep the digits they are written with. */
  private static final ObjectReader OBJECTS =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private final LineReader lines;

  JsonRows(LineReader lines) {
    this.lines = lines;
  }

  @Override
  public Line next() throws IOException {
    Line line = lines.next();
    return line == null ? null : line.withoutCarriageReturn();
  }

  @Override
  public Optional<Row> parse(Line line) {
    try {
      JsonNode node = OBJECTS.readValue(line.bytes());
      return node instanceof ObjectNode object
          ? Optional.of(new JsonRow(object, line.bytes(), line.number()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
