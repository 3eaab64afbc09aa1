package dev.thalweg.jobs.registry;

import dev.thalweg.operators.decode.RegistryFactory;
import dev.thalweg.schemas.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.apache.flink.metrics.MetricGroup;

/**
 * How to reach a schema registry. Credentials are read where and when it is asked, from the file or
 * else from the environment variable {@value #VARIABLE}, and never travel with the job: {@code
 * user:password} for basic authentication, anything without a colon as a bearer token.
 *
 * @param url address of the API, up to what stands before {@code /subjects}
 * @param credentialsFile file that holds the credentials, or empty
 */
public record RegistryAddress(String url, String credentialsFile) implements RegistryFactory {
  /** Environment variable that holds the credentials where there is no file. */
  public static final String VARIABLE = "REGISTRY_CREDENTIALS";

  /** Refuses what is no address of a web server, and one that holds credentials. */
  public RegistryAddress {
    url = checkUrl(url);
  }

  private static String checkUrl(String url) {
    URI uri;
    try {
      uri = URI.create(url.strip());
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "credentials must not stand there; use registry.credentials-file or " + VARIABLE);
    }
    if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw wrong(null);
    }
    return uri.toString().replaceAll("/+$", "");
  }

  private static IllegalArgumentException wrong(Throwable cause) {
    return new IllegalArgumentException("use http://host:port/path, or https", cause);
  }

  /** A registry that waits while the server gives no answer. */
  @Override
  public SchemaRegistry connect(MetricGroup metrics) {
    return new PatientRegistry(new HttpSchemaRegistry(this), metrics);
  }

  /** A registry that does not wait: it throws if the server gives no answer within seconds. */
  public SchemaRegistry connectOnce() {
    return new HttpSchemaRegistry(this);
  }

  /** What goes into the header {@code Authorization}; empty without credentials. */
  Optional<String> authorization() throws IOException {
    String credentials =
        credentialsFile.isEmpty()
            ? System.getenv(VARIABLE)
            : Files.readString(Path.of(credentialsFile)).strip();
    return Optional.ofNullable(credentials).filter(c -> !c.isEmpty()).map(RegistryAddress::header);
  }

  private static String header(String credentials) {
    return credentials.indexOf(':') < 0
        ? "Bearer " + credentials
        : "Basic "
            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}
