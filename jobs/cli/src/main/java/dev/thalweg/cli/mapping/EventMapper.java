package dev.thalweg.cli.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.FieldType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns rows into events: JSON, each value of the type that the event's contract wants. Not thread
 * safe.
 */
final class EventMapper implements RowMapper {

  private static final String USER_ID = "user_id";
  private static final String ANONYMOUS_ID = "anonymous_id";

  private record TypedField(String name, FieldRule rule, FieldType type) {}

  private record TypedEvent(EventRule rule, List<TypedField> fields) {}

  private final String file;
  private final IdRule id;
  private final TimeRule time;
  private final List<TypedEvent> events;
  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  EventMapper(Mapping mapping, ContractCatalog catalog, String file) {
    this.file = file;
    this.id = mapping.id();
    this.time = mapping.time().orElseThrow();
    this.events = mapping.events().stream().map(rule -> typed(rule, catalog)).toList();
  }

  private static TypedEvent typed(EventRule rule, ContractCatalog catalog) {
    Optional<Contract> contract = catalog.newest(rule.eventType());
    List<TypedField> fields = new ArrayList<>();
    rule.fields()
        .forEach(
            (name, field) ->
                fields.add(
                    new TypedField(
                        name,
                        field,
                        contract
                            .map(found -> found.field(name))
                            .map(ContractField::type)
                            .orElse(FieldType.STRING))));
    return new TypedEvent(rule, fields);
  }

  @Override
  public Optional<List<OutgoingRecord>> map(Row row) {
    OptionalLong millis = time.millis(row);
    if (millis.isEmpty()) {
      return Optional.empty();
    }
    List<OutgoingRecord> records = new ArrayList<>(events.size());
    Map<String, Object> values = row.values();
    for (TypedEvent event : events) {
      Condition.Outcome outcome =
          event
              .rule()
              .when()
              .map(condition -> condition.judge(values))
              .orElse(Condition.Outcome.HOLDS);
      if (outcome == Condition.Outcome.UNDECIDED) {
        return Optional.empty();
      }
      if (outcome == Condition.Outcome.HOLDS) {
        try {
          records.add(record(row, event, millis.getAsLong(), records.size()));
        } catch (IOException e) {
          // Half a surrogate pair, which UTF-8 cannot hold.
          return Optional.empty();
        }
      }
    }
    return Optional.of(records);
  }

  private OutgoingRecord record(Row row, TypedEvent event, long millis, int place)
      throws IOException {
    bytes.reset();
    Map<String, String> subject = new LinkedHashMap<>();
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("event_type", event.rule().eventType());
      String eventId = id.id(file, row, place);
      if (eventId != null) {
        out.writeStringField("event_id", eventId);
      }
      out.writeNumberField("event_time", millis + event.rule().offset().toMillis());
      for (TypedField field : event.fields()) {
        String value = field.rule().value(row);
        if (value != null) {
          out.writeFieldName(field.name());
          TypedValue.write(out, value, field.type());
          subject.put(field.name(), value);
        }
      }
      out.writeEndObject();
    }
    String key = subject.getOrDefault(USER_ID, subject.get(ANONYMOUS_ID));
    return new OutgoingRecord(
        key == null || key.isEmpty() ? null : key.getBytes(StandardCharsets.UTF_8),
        bytes.toByteArray(),
        row.line());
  }
}
