package dev.thalweg.cli;

import dev.thalweg.jobs.registry.RegistryAddress;
import dev.thalweg.schemas.SchemaRegistry;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --registry URL}, for commands that write or read a registry's wire format. */
final class RegistryOption {

  @Option(
      names = "--registry",
      paramLabel = "URL",
      defaultValue = "${env:THALWEG_REGISTRY_URL}",
      description =
          "schema registry with Confluent's API (default: THALWEG_REGISTRY_URL, else none);"
              + " credentials in REGISTRY_CREDENTIALS, as user:password or a bearer token")
  private String url;

  /**
   * The registry; empty if none is wanted.
   *
   * @throws CommandFailure if the address is none, or nobody answers there
   */
  Optional<SchemaRegistry> connect() {
    if (url == null || url.isBlank()) {
      return Optional.empty();
    }
    SchemaRegistry registry;
    try {
      registry = new RegistryAddress(url, "").connectOnce();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.wrongInput("--registry: " + e.getMessage(), e);
    }
    if (!registry.answers()) {
      throw CommandFailure.failed("no schema registry answers at " + registry);
    }
    return Optional.of(registry);
  }
}
