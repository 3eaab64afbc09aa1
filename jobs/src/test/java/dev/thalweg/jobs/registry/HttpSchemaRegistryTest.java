package dev.thalweg.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.schemas.SchemaRegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer means, and that one without meaning is no answer. */
final class HttpSchemaRegistryTest {
  private static final Schema SCHEMA = SchemaBuilder.record("a.B").fields().endRecord();
  private static final String ABSENT = "{'error_code': 40403, 'message': 'no such schema'}";

  private final RegistryServer server = new RegistryServer();
  private final HttpSchemaRegistry registry = registry("");

  @TempDir private Path directory;

  private HttpSchemaRegistry registry(String credentialsFile) {
    return new HttpSchemaRegistry(
        new RegistryAddress(server.url() + "/", credentialsFile), Duration.ofSeconds(2));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void schemaIsTheTextBehindTheId() {
    server.answer(200, "{'schema': '[]', 'schemaType': 'JSON', 'more': {}}");
    assertThat(registry.schema(17)).isEqualTo("[]");
    assertThat(server.requests()).containsExactly("GET /api/schemas/ids/17");
  }

  @Test
  void absentSchemaIsNullWhereTheRegistrySaysSo() {
    server.answer(404, ABSENT);
    assertThat(registry.schema(17)).isNull();
  }

  @Test
  void negativeIdsAreNotAskedFor() {
    assertThat(registry.schema(-1)).isNull();
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | ''",
        "404 | <html>not found</html>",
        "404 | {'error_code': 404, 'message': 'HTTP 404 Not Found'}",
        "401 | {'error_code': 40101}",
        "403 | ''",
        "429 | slow down",
        "500 | {'error_code': 50001}",
        "503 | {'error_code': 40403}",
        "302 | ''",
        "200 | <html>log in, please</html>",
        "200 | ''",
        "200 | []",
        "200 | {'schema': null}",
        "200 | {'schema': {}}",
        "200 | {'id': 'seven'}",
        "200 | {'id': 0}"
      })
  void whateverElseComesIsNoAnswer(int status, String body) {
    server.answer(status, body);
    assertThatThrownBy(() -> registry.schema(1)).isInstanceOf(RegistryAwayException.class);
    assertThatThrownBy(() -> registry.find("s", SCHEMA)).isInstanceOf(RegistryAwayException.class);
    assertThatThrownBy(() -> registry.register("s", SCHEMA))
        .isInstanceOf(RegistryAwayException.class)
        .hasMessageContaining("answered " + status);
  }

  @Test
  void answerThatStopsInTheMiddleIsNone() {
    server.hang();
    HttpSchemaRegistry hurried =
        new HttpSchemaRegistry(new RegistryAddress(server.url(), ""), Duration.ofMillis(200));
    assertThatThrownBy(() -> hurried.schema(1))
        .isInstanceOf(RegistryAwayException.class)
        .hasMessageContaining("no answer within");
    assertThat(hurried.answers()).isFalse();
  }

  @Test
  void closedPortIsNoAnswer() {
    server.close();
    assertThatThrownBy(() -> registry.schema(1)).isInstanceOf(RegistryAwayException.class);
    assertThat(registry.answers()).isFalse();
  }

  @Test
  void schemasAreFoundAndRegisteredUnderTheirSubject() {
    server.answer(200, "{'subject': 's', 'id': 5, 'version': 1}").answer(200, "{'id': 6}");
    assertThat(registry.find("raw-a.B c/d", SCHEMA)).hasValue(5);
    assertThat(registry.register("raw-a.B", SCHEMA)).isEqualTo(6);
    String body =
        " {\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"B\\\",\\\"namespace\\\":\\\"a\\\",\\\"fields\\\":[]}\"}";
    assertThat(server.requests())
        .containsExactly(
            "POST /api/subjects/raw-a.B%20c%2Fd" + body,
            "POST /api/subjects/raw-a.B/versions" + body);
  }

  @ParameterizedTest
  @ValueSource(ints = {40401, 40403})
  void absentSubjectOrSchemaIsNotFound(int code) {
    server.answer(404, "{'error_code': " + code + "}");
    assertThat(registry.find("s", SCHEMA)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 422})
  void refusedSchemaIsNotAskedForAgain(int status) {
    server.answer(status, "{'error_code': 42201, 'message': 'incompatible'}");
    assertThatThrownBy(() -> registry.register("s", SCHEMA))
        .isInstanceOf(SchemaRegistryException.class)
        .isNotInstanceOf(RegistryAwayException.class)
        .hasMessageContaining("refuses the schema of s")
        .hasMessageContaining("incompatible");
  }

  @Test
  void answersWhenItKnowsItsTypes() {
    server.answer(200, "['AVRO']").answer(401, "[]");
    assertThat(registry.answers()).isTrue();
    assertThat(registry.answers()).isFalse();
  }

  @Test
  void credentialsAreReadAnewForEachQuestion() throws IOException {
    Path file = Files.writeString(directory.resolve("c"), "me:secret\n");
    server.answer(404, ABSENT);
    HttpSchemaRegistry known = registry(file.toString());
    known.schema(1);
    Files.writeString(file, "token");
    known.schema(2);
    Files.writeString(file, "two\nlines");
    assertThatThrownBy(() -> known.schema(3))
        .isInstanceOf(RegistryAwayException.class)
        .hasMessageNotContaining("lines")
        .hasNoCause();
    Files.delete(file);
    assertThatThrownBy(() -> known.schema(4)).isInstanceOf(RegistryAwayException.class);
    assertThat(server.requests())
        .containsExactly(
            "GET /api/schemas/ids/1 as Basic bWU6c2VjcmV0",
            "GET /api/schemas/ids/2 as Bearer token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry:8081",
        "ftp://registry",
        "http://",
        "http:///path",
        "http://a b",
        "http://registry/?a=b",
        "http://registry#c",
        "http://me:secret@registry"
      })
  void addressIsOneOfAWebServerWithoutCredentials(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegistryAddress(url, ""))
        .withMessageNotContaining("secret@");
  }
}
