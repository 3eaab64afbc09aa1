package dev.thalweg.schemas.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Validates JSON by a JSON Schema; meta-schemas come from the class path. */
public final class SchemaCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ASYNC_API = "/asyncapi/3.0.0-without-id.json";

  private final Schema schema;

  private SchemaCheck(Schema schema) {
    this.schema = schema;
  }

  /** Validates by that schema. */
  public static SchemaCheck by(JsonNode schema) {
    return new SchemaCheck(
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema));
  }

  static SchemaCheck byMetaSchema() {
    SpecificationVersion version = SpecificationVersion.DRAFT_2020_12;
    return new SchemaCheck(
        SchemaRegistry.withDefaultDialect(version)
            .getSchema(SchemaLocation.of(version.getDialectId())));
  }

  static SchemaCheck byAsyncApi() {
    try (InputStream in = SchemaCheck.class.getResourceAsStream(ASYNC_API)) {
      JsonNode schema = JSON.readTree(Objects.requireNonNull(in, ASYNC_API));
      return new SchemaCheck(
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong; empty if nothing is. */
  List<String> problems(JsonNode value) {
    return schema.validate(value).stream().map(Error::toString).toList();
  }

  /** Whether that JSON is valid. */
  public boolean accepts(String json) {
    return schema.validate(tree(json)).isEmpty();
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
