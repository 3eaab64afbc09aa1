package dev.thalweg.cli.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.thalweg.cli.record.OutgoingRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Takes each line as the event it is, unchanged, and finds its subject for the key. */
final class PlainLines implements LineTransformation {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final LineReader lines;

  PlainLines(LineReader lines) {
    this.lines = lines;
  }

  @Override
  public Line next() throws IOException {
    Line line = lines.next();
    return line == null ? null : line.withoutCarriageReturn();
  }

  @Override
  public Optional<List<OutgoingRecord>> records(Line line) {
    try (JsonParser parser = JSON.createParser(line.bytes())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      String subject = subject(parser);
      if (parser.nextToken() != null) {
        return Optional.empty();
      }
      byte[] key = subject == null ? null : subject.getBytes(StandardCharsets.UTF_8);
      return Optional.of(List.of(new OutgoingRecord(key, line.bytes(), line.number())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String subject(JsonParser parser) throws IOException {
    String userId = null;
    String anonymousId = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING && name.equals("user_id")) {
        userId = parser.getText();
      } else if (value == JsonToken.VALUE_STRING && name.equals("anonymous_id")) {
        anonymousId = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    return userId == null ? anonymousId : userId;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
