package dev.thalweg.schemas.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.Rule;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/**
 * JSON Schemas (draft 2020-12) of what contracts describe. They say what the decoder accepts; rules
 * are carried along as {@code x-rules} and not expressed.
 */
public final class JsonSchemas {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String EVENT_TYPE = "event_type";
  private static final String CONTRACT_VERSION = "contract_version";

  private JsonSchemas() {}

  /**
   * An event as producers send it in JSON. Attributes that the contract does not know are allowed,
   * as the pipeline drops them.
   *
   * @param event an event's contract
   * @param newest whether it is the event type's newest version, which producers need not name
   */
  public static ObjectNode edge(Contract event, boolean newest) {
    ObjectNode schema = head("edge", event, event.type() + " v" + event.version());
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonTree.array().add(EVENT_TYPE);
    properties.putObject(EVENT_TYPE).put("const", event.type());
    putVersion(properties, required, event.version(), newest);
    for (ContractField field : event.fields()) {
      properties.set(
          field.name(), annotate(EdgeFields.of(field), event.schema().getField(field.name())));
      if (field.required()) {
        required.add(field.name());
      }
    }
    schema.set("required", required);
    schema.set("anyOf", subject(event));
    return schema.put("additionalProperties", true);
  }

  static boolean isNewest(Contract event, ContractCatalog catalog) {
    return catalog.newest(event.type()).filter(newest -> newest == event).isPresent();
  }

  /** An accepted event as it is printed: the contract's attributes and what the pipeline adds. */
  public static ObjectNode canonical(Contract event) {
    String title = event.type() + " v" + event.version() + ", canonical";
    ObjectNode schema = head("canonical", event, title);
    return printed(schema, event.canonicalSchema(), event.type());
  }

  /** An internal record, such as a dead letter or a profile, as it is printed. */
  public static ObjectNode record(Contract contract) {
    ObjectNode schema = head("record", contract, contract.type() + " v" + contract.version());
    return printed(schema, contract.schema(), null);
  }

  private static ObjectNode head(String form, Contract contract, String title) {
    ObjectNode schema =
        JsonTree.object()
            .put("$schema", DIALECT)
            .put("$id", "thalweg:" + form + "/" + contract.type() + "/v" + contract.version())
            .put("title", title);
    if (contract.schema().getDoc() != null) {
      schema.put("description", contract.schema().getDoc());
    }
    putDeprecated(schema, contract.schema());
    if (contract.owner() != null) {
      schema.put("x-owner", contract.owner());
    }
    schema.put("x-contract-version", contract.version());
    if (!contract.rules().isEmpty()) {
      ArrayNode rules = schema.putArray("x-rules");
      contract.rules().forEach(rule -> rules.add(rule(rule)));
    }
    return schema.put("type", "object");
  }

  private static ObjectNode rule(Rule rule) {
    return JsonTree.object()
        .put("name", rule.name())
        .put("cel", rule.expression())
        .put("message", rule.message());
  }

  /** A producer that names no version means the newest; all others must be named. */
  private static void putVersion(
      ObjectNode properties, ArrayNode required, int version, boolean newest) {
    ObjectNode schema = properties.putObject(CONTRACT_VERSION);
    schema.put("description", "Version of the contract; absent or null, the newest.");
    if (newest) {
      schema.putArray("enum").add(version).addNull();
    } else {
      schema.put("const", version);
      required.add(CONTRACT_VERSION);
    }
  }

  private static ArrayNode subject(Contract event) {
    ArrayNode choices = JsonTree.array();
    for (int position : List.of(CoreFields.USER_ID, CoreFields.ANONYMOUS_ID)) {
      String name = event.fields().get(position).name();
      ObjectNode choice = choices.addObject();
      choice.putArray("required").add(name);
      choice.putObject("properties").putObject(name).put("type", "string");
    }
    return choices;
  }

  private static ObjectNode printed(ObjectNode schema, Schema avro, String eventType) {
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonTree.array();
    if (eventType != null) {
      properties.putObject(EVENT_TYPE).put("const", eventType);
      required.add(EVENT_TYPE);
    }
    for (Schema.Field field : avro.getFields()) {
      properties.set(field.name(), annotate(PrintedFields.of(field.schema()), field));
      if (!PrintedFields.mayBeLeftOut(field.schema())) {
        required.add(field.name());
      }
    }
    schema.set("required", required);
    return schema;
  }

  private static ObjectNode annotate(ObjectNode schema, Schema.Field field) {
    if (field.doc() != null) {
      schema.put("description", field.doc());
    }
    putDeprecated(schema, field);
    Object personal = field.getObjectProp("personal");
    if (personal != null) {
      schema.set("x-personal", JsonTree.of(personal));
    }
    return schema;
  }

  private static void putDeprecated(ObjectNode schema, JsonProperties properties) {
    if (Deprecation.of(properties)) {
      schema.put("deprecated", true);
    }
  }
}
