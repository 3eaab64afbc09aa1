package dev.thalweg.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes an event as its producer would have sent it in JSON. */
final class EventJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private EventJson() {}

  /** The event under the cursor as a JSON object; absent optional attributes are left out. */
  static byte[] of(EventCursor event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      for (ContractField field : event.contract().fields()) {
        if (!event.isNull(field.position())) {
          json.writeFieldName(field.name());
          write(json, event, field);
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, EventCursor event, ContractField field)
      throws IOException {
    int i = field.position();
    switch (field.type()) {
      case STRING -> json.writeString(event.text(i));
      case INT, LONG, TIMESTAMP -> json.writeNumber(event.longValue(i));
      case FLOAT -> json.writeNumber((float) event.doubleValue(i));
      case DOUBLE -> json.writeNumber(event.doubleValue(i));
      case BOOLEAN -> json.writeBoolean(event.booleanValue(i));
      case BYTES -> json.writeBinary(event.bytes(i));
      case STRING_MAP -> throw new IllegalStateException("maps have no place in events");
    }
  }
}
