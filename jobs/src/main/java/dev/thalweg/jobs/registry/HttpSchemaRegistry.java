package dev.thalweg.jobs.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.schemas.SchemaRegistry;
import dev.thalweg.schemas.SchemaRegistryException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.Schema;

/**
 * A schema registry behind Confluent's REST API. Asks once: throws a {@link RegistryAwayException}
 * where asking again may help, another {@link SchemaRegistryException} where it does not. That
 * there is no such schema is believed only if the registry says so in its own words: a proxy or a
 * wrong path answers 404 too.
 */
final class HttpSchemaRegistry implements SchemaRegistry {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Subject, version or schema not found. */
  private static final Set<Integer> ABSENT = Set.of(40401, 40402, 40403);

  private static final int SCHEMA_ABSENT = 40403;

  private final RegistryAddress address;
  private final Duration patience;
  private final HttpClient client;

  HttpSchemaRegistry(RegistryAddress address) {
    this(address, PATIENCE);
  }

  /** One that waits so long for an answer, connecting included. */
  HttpSchemaRegistry(RegistryAddress address, Duration patience) {
    this.address = address;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .build();
  }

  @Override
  public String schema(int id) {
    if (id < 0) {
      // No registry gives such ids, and not all say of one that it is absent.
      return null;
    }
    Answer answer = ask(request("/schemas/ids/" + id).GET());
    if (answer.status == 404 && answer.errorCode() == SCHEMA_ABSENT) {
      return null;
    }
    JsonNode text = answer.requireOk().path("schema");
    if (!text.isTextual()) {
      throw answer.useless();
    }
    return text.textValue();
  }

  @Override
  public OptionalInt find(String subject, Schema schema) {
    Answer answer = ask(request("/subjects/" + escaped(subject)).POST(body(schema)));
    return answer.status == 404 && ABSENT.contains(answer.errorCode())
        ? OptionalInt.empty()
        : OptionalInt.of(answer.id());
  }

  @Override
  public int register(String subject, Schema schema) {
    Answer answer = ask(request("/subjects/" + escaped(subject) + "/versions").POST(body(schema)));
    if (answer.status == 409 || answer.status == 422) {
      throw new SchemaRegistryException(
          address.url() + " refuses the schema of " + subject + ": " + answer.describe());
    }
    return answer.id();
  }

  @Override
  public boolean answers() {
    try {
      return ask(request("/schemas/types").GET()).requireOk().isArray();
    } catch (SchemaRegistryException e) {
      return false;
    }
  }

  /** Where it is, to be shown. */
  @Override
  public String toString() {
    return address.url();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.url() + path))
            .header("Accept", TYPE + ", application/json");
    try {
      address.authorization().ifPresent(value -> request.header("Authorization", value));
    } catch (IOException e) {
      throw new RegistryAwayException(
          "the credentials file " + address.credentialsFile() + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      // The cause would show them.
      throw new RegistryAwayException("the credentials cannot stand in a header");
    }
    return request.header("Content-Type", TYPE);
  }

  private static HttpRequest.BodyPublisher body(Schema schema) {
    return BodyPublishers.ofString(
        JSON.createObjectNode().put("schema", schema.toString()).toString());
  }

  private static String escaped(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Answer ask(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      // The request's own timeout ends with the header of the answer.
      HttpResponse<String> got = response.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(request.uri(), got.statusCode(), got.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SchemaRegistryException("interrupted while asking " + request.uri(), e);
    } catch (ExecutionException e) {
      throw new RegistryAwayException(request.uri() + ": " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new RegistryAwayException(request.uri() + ": no answer within " + patience, e);
    } finally {
      response.cancel(true);
    }
  }

  private record Answer(URI uri, int status, String body) {
    private static final int SHOWN = 200;

    JsonNode requireOk() {
      JsonNode json = json();
      if (status != 200 || json == null) {
        throw useless();
      }
      return json;
    }

    int id() {
      JsonNode id = requireOk().path("id");
      if (!id.canConvertToInt() || id.intValue() == NO_ID) {
        throw useless();
      }
      return id.intValue();
    }

    int errorCode() {
      JsonNode json = json();
      return json == null ? 0 : json.path("error_code").asInt();
    }

    RegistryAwayException useless() {
      return new RegistryAwayException(uri + ": " + describe());
    }

    String describe() {
      String text = body.strip();
      return "answered " + status + " " + text.substring(0, Math.min(SHOWN, text.length()));
    }

    private JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        return null;
      }
    }
  }
}
