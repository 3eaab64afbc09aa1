package dev.thalweg.operators.experiments.routing;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The fields of an event by name, as rules see them: text, numbers, booleans, and {@code
 * event_type}; a time is its milliseconds since 1970. What is absent has no entry. A field is read
 * when somebody asks, and once. Not thread safe.
 */
final class EventFields extends AbstractMap<String, Object> {
  private static final String EVENT_TYPE = "event_type";

  private final Contract contract;
  private final Object[] values;
  private final boolean[] isRead;
  private EventCursor event;

  /** Of events of that contract. */
  EventFields(Contract contract) {
    this.contract = contract;
    values = new Object[contract.fields().size()];
    isRead = new boolean[values.length];
  }

  /** Begins with another event. */
  void next(EventCursor other) {
    event = other;
    Arrays.fill(values, null);
    Arrays.fill(isRead, false);
  }

  /** When it happened, milliseconds since 1970. */
  long time() {
    return event.longValue(CoreFields.EVENT_TIME);
  }

  @Override
  public Object get(Object name) {
    ContractField field = name instanceof String text ? contract.field(text) : null;
    if (field == null) {
      return EVENT_TYPE.equals(name) ? contract.type() : null;
    }
    int position = field.position();
    if (!isRead[position]) {
      values[position] = event.isNull(position) ? null : read(field);
      isRead[position] = true;
    }
    return values[position];
  }

  private Object read(ContractField field) {
    int position = field.position();
    return switch (field.type()) {
      case STRING -> event.text(position);
      case INT, LONG, TIMESTAMP -> event.longValue(position);
      case FLOAT, DOUBLE -> event.doubleValue(position);
      case BOOLEAN -> event.booleanValue(position);
      case BYTES, STRING_MAP -> null;
    };
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    Map<String, Object> all = new HashMap<>();
    all.put(EVENT_TYPE, contract.type());
    for (ContractField field : contract.fields()) {
      Object value = get(field.name());
      if (value != null) {
        all.put(field.name(), value);
      }
    }
    return all.entrySet();
  }
}
