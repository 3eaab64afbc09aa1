package dev.thalweg.operators.metrics;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.EventCursor;
import java.util.List;

/** Writes the dimensions of events of one contract as a JSON object, keys in declared order. */
final class Dimensions {
  private static final String EVENT_TYPE = "event_type";

  private final String[] names;
  private final ContractField[] fields;
  private final String eventType;
  private final StringBuilder json = new StringBuilder();
  private String known;

  Dimensions(List<String> by, Contract contract) {
    names = by.toArray(String[]::new);
    fields = new ContractField[names.length];
    eventType = contract.type();
    for (int i = 0; i < names.length; i++) {
      fields[i] = contract.field(names[i]);
    }
  }

  /** Begins with another event. */
  void next() {
    known = null;
  }

  /** The object, written once an event; a dimension that the event does not have is null. */
  String of(EventCursor event) {
    if (names.length == 0) {
      return ViewGroup.NO_DIMENSIONS;
    }
    if (known == null) {
      known = write(event);
    }
    return known;
  }

  private String write(EventCursor event) {
    json.setLength(0);
    for (int i = 0; i < names.length; i++) {
      json.append(i == 0 ? '{' : ',');
      appendText(names[i]);
      json.append(':');
      append(event, i);
    }
    return json.append('}').toString();
  }

  private void append(EventCursor event, int i) {
    ContractField field = fields[i];
    if (names[i].equals(EVENT_TYPE)) {
      appendText(eventType);
    } else if (field == null || event.isNull(field.position())) {
      json.append("null");
    } else {
      switch (field.type()) {
        case STRING -> appendText(event.text(field.position()));
        case INT, LONG, TIMESTAMP -> json.append(event.longValue(field.position()));
        case BOOLEAN -> json.append(event.booleanValue(field.position()));
        case FLOAT, DOUBLE -> appendNumber(event.doubleValue(field.position()));
        default -> json.append("null");
      }
    }
  }

  /** JSON has no infinities. */
  private void appendNumber(double number) {
    if (Double.isFinite(number)) {
      json.append(number);
    } else {
      appendText(Double.toString(number));
    }
  }

  private void appendText(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(c == 0 ? "\\ufffd" : String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
