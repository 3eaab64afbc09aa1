package dev.thalweg.operators.experiments.drops;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * Reads what JSON says of an exposure, as far as it is JSON: what stands before the fault is taken.
 * Numbers and booleans pass for text, as a wrong type may be just what was refused; of a key that
 * stands twice the first counts.
 */
final class RefusedJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private String eventType;
  private String experiment;
  private String variant;
  private String time;

  private RefusedJson() {}

  /** What the first so many bytes say. */
  static RefusedExposure read(byte[] bytes, int length) {
    RefusedJson read = new RefusedJson();
    try (JsonParser parser = FACTORY.createParser(bytes, 0, length)) {
      read.take(parser);
    } catch (IOException e) {
      // What was taken before the fault is all that there is.
    }
    return new RefusedExposure(read.eventType, read.experiment, read.variant, millis(read.time));
  }

  private void take(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == null) {
        return;
      }
      if (token.isStructStart()) {
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        take(name, parser);
      }
    }
  }

  private void take(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "event_type" -> eventType = first(eventType, parser);
      case "experiment" -> experiment = first(experiment, parser);
      case "variant" -> variant = first(variant, parser);
      case "event_time" -> time = first(time, parser);
      default -> {
        // Nothing else is needed, and other values need not be read.
      }
    }
  }

  private static String first(String known, JsonParser parser) throws IOException {
    return known == null ? parser.getText() : known;
  }

  private static long millis(String time) {
    if (time == null) {
      return RefusedExposure.UNKNOWN;
    }
    try {
      return Long.parseLong(time);
    } catch (NumberFormatException notANumber) {
      return instant(time);
    }
  }

  private static long instant(String time) {
    try {
      return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException notATime) {
      return RefusedExposure.UNKNOWN;
    }
  }
}
