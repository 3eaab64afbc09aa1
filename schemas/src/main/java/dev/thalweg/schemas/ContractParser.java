package dev.thalweg.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** Reads a contract from its file. */
final class ContractParser {
  private ContractParser() {}

  static Contract parse(ContractSource.ContractFile file) {
    ContractPath path =
        ContractPath.of(file.path())
            .orElseThrow(
                () ->
                    new ContractException(
                        file.path()
                            + ": not a contract's place; name it events/<event_type>/v<version>.avsc"));
    Schema schema = schema(file);
    boolean event = path.event();
    String type = path.type();
    if (schema.getType() != Schema.Type.RECORD
        || !ContractPath.snakeCase(schema.getName()).equals(type)) {
      throw new ContractException(
          file.path() + ": the record's name in snake_case must be " + type);
    }
    int version = path.version();
    String suffix = path.namespaceSuffix();
    if (schema.getNamespace() == null || !schema.getNamespace().endsWith(suffix)) {
      throw new ContractException(
          file.path()
              + ": the namespace must end with "
              + suffix
              + ", so that versions differ in fingerprint");
    }
    Contract contract =
        new Contract(
            type,
            version,
            event,
            schema,
            fields(file, schema, event),
            rules(file, schema),
            superseded(file, schema, version));
    if (event) {
      CoreFields.check(contract);
    }
    return contract;
  }

  private static Schema schema(ContractSource.ContractFile file) {
    try {
      return new Schema.Parser().parse(file.text());
    } catch (RuntimeException e) {
      // Not only its own exceptions: Avro's parser has a null pointer or a class cast for some.
      throw new ContractException(file.path() + ": not an Avro schema: " + reason(e), e);
    }
  }

  private static String reason(RuntimeException e) {
    String line =
        e instanceof AvroRuntimeException && e.getMessage() != null
            ? e.getMessage().lines().findFirst().orElse("")
            : e.getClass().getSimpleName();
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }

  private static List<ContractField> fields(
      ContractSource.ContractFile file, Schema schema, boolean event) {
    List<ContractField> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (event && ContextFields.isReserved(field.name())) {
        throw new ContractException(
            file.path() + ": field " + field.name() + " has a reserved name; choose another");
      }
      boolean nullable = isNullable(field.schema());
      if (nullable && !field.hasDefaultValue()) {
        throw new ContractException(
            file.path() + ": field " + field.name() + " is optional: give it the default null");
      }
      Schema value = nullable ? field.schema().getTypes().get(1) : field.schema();
      FieldType type =
          FieldType.of(value)
              .filter(t -> !event || t != FieldType.STRING_MAP)
              .orElseThrow(
                  () ->
                      new ContractException(
                          file.path()
                              + ": field "
                              + field.name()
                              + " has a type that no contract may use"));
      Object defaultValue = field.hasDefaultValue() ? field.defaultVal() : null;
      fields.add(
          new ContractField(
              field.name(),
              field.pos(),
              type,
              nullable,
              field.hasDefaultValue(),
              defaultValue == JsonProperties.NULL_VALUE ? null : defaultValue,
              field.doc()));
    }
    return fields;
  }

  private static boolean isNullable(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        && schema.getTypes().size() == 2
        && schema.getTypes().get(0).getType() == Schema.Type.NULL;
  }

  private static List<Rule> rules(ContractSource.ContractFile file, Schema schema) {
    Object rules = schema.getObjectProp("rules");
    List<Rule> out = new ArrayList<>();
    if (rules instanceof List<?> list) {
      for (Object rule : list) {
        out.add(rule(file, rule));
      }
    } else if (rules != null) {
      throw new ContractException(file.path() + ": rules must be a list");
    }
    return out;
  }

  private static Rule rule(ContractSource.ContractFile file, Object rule) {
    if (rule instanceof Map<?, ?> map
        && map.get("name") instanceof String name
        && map.get("cel") instanceof String cel
        && map.get("message") instanceof String message) {
      return new Rule(name, cel, message);
    }
    throw new ContractException(file.path() + ": a rule needs the strings name, cel and message");
  }

  private static List<Superseded> superseded(
      ContractSource.ContractFile file, Schema schema, int version) {
    Object entries = schema.getObjectProp("supersedes");
    List<Superseded> out = new ArrayList<>();
    if (entries instanceof List<?> list) {
      for (Object entry : list) {
        out.add(superseded(file, entry, version));
      }
    } else if (entries != null) {
      throw new ContractException(file.path() + ": supersedes must be a list");
    }
    return out;
  }

  private static Superseded superseded(
      ContractSource.ContractFile file, Object entry, int version) {
    if (entry instanceof Map<?, ?> map
        && map.get("version") instanceof Integer older
        && older > 0
        && older < version
        && map.get("reason") instanceof String reason) {
      return new Superseded(older, reason);
    }
    throw new ContractException(
        file.path() + ": supersedes needs the version, older than " + version + ", and a reason");
  }
}
