package dev.thalweg.jobs.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.registry.RegistryAddress;
import dev.thalweg.schemas.SchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Apicurio Registry as a process of its own, on a free port, started with the first test
 * class that asks for it and shared by all that follow: use subjects of your own. What it knows
 * outlives a kill. Register it as a static field with {@code @RegisterExtension}.
 */
public final class ApicurioRegistry implements BeforeAllCallback {
  /** Where the build unpacks it. */
  private static final Path PROGRAM = Repository.file("jobs/target/apicurio-registry");

  private static final Duration START = Duration.ofSeconds(120);

  private Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(ApicurioRegistry.class))
            .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class);
    running.awaitAnswer();
  }

  /** The address of Confluent's API. */
  public String url() {
    return running.url();
  }

  /** A client that throws where it gets no answer. */
  public SchemaRegistry client() {
    return new RegistryAddress(url(), "").connectOnce();
  }

  /** Kills it; when this returns the process is gone, and nobody answers. */
  public void kill() {
    running.stop();
    assertThat(client().answers()).isFalse();
  }

  /** Starts it again after a kill, at the same address and with what it knew; waits for it. */
  public void start() {
    running.start();
    running.awaitAnswer();
  }

  /** Closed with the last test of the process. */
  private static final class Running implements AutoCloseable {
    private final Path directory;
    private final int port = freePort();
    private Process process;

    Running() {
      try {
        directory = Files.createTempDirectory("apicurio-registry");
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      // A test process that is ended early does not close what it holds.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
      start();
    }

    String url() {
      return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    void start() {
      try {
        process =
            new ProcessBuilder(command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
      } catch (IOException e) {
        throw new IllegalStateException("the test registry does not start", e);
      }
    }

    private List<String> command() throws IOException {
      Path jar;
      try (var jars = Files.newDirectoryStream(PROGRAM, "*-runner.jar")) {
        jar = jars.iterator().next();
      }
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Djava.io.tmpdir=" + directory,
          "-Dquarkus.http.host=127.0.0.1",
          "-Dquarkus.http.port=" + port,
          // Written through, so that a kill loses nothing that it has answered.
          "-Dapicurio.datasource.url=jdbc:h2:file:" + directory.resolve("db") + ";WRITE_DELAY=0",
          "-Dapicurio.datasource.jdbc.initial-size=2",
          "-Dapicurio.datasource.jdbc.min-size=2",
          "-jar",
          jar.toString());
    }

    void awaitAnswer() {
      SchemaRegistry client = new RegistryAddress(url(), "").connectOnce();
      await()
          .atMost(START)
          .until(
              () -> {
                assertThat(process.isAlive()).as(this::log).isTrue();
                return client.answers();
              });
    }

    private String log() {
      try {
        return Files.readString(directory.resolve("log"));
      } catch (IOException e) {
        return e.toString();
      }
    }

    void stop() {
      try {
        process.destroyForcibly().waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      stop();
      FileUtils.deleteDirectory(directory.toFile());
    }

    /** Below those that systems give to outgoing connections, so that it stays free. */
    private static int freePort() {
      for (int attempt = 0; attempt < 100; attempt++) {
        int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
          return socket.getLocalPort();
        } catch (IOException e) {
          continue;
        }
      }
      throw new IllegalStateException("no free port");
    }
  }
}
