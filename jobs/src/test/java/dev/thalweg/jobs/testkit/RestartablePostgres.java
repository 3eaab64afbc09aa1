package dev.thalweg.jobs.testkit;

import dev.thalweg.jobs.postgres.PostgresConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A real PostgreSQL of one test's own, which can be stopped and started on the same data. */
public final class RestartablePostgres implements AutoCloseable {
  private final Path data;
  private final int port;
  private EmbeddedPostgres running;

  /** Starts it with its data in that directory, which is empty. */
  public RestartablePostgres(Path data) throws IOException {
    this.data = data;
    running = builder().start();
    port = running.getPort();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
  }

  /** Migrates a schema; how a job reaches it. */
  public PostgresConfig newSchema(String schema) {
    return PostgresServer.migrate(running, schema);
  }

  /** Stops it; whoever is connected is cut off. */
  public void stop() throws IOException {
    running.close();
  }

  /** Starts it again, on the same port. */
  public void start() throws IOException {
    running = builder().setPort(port).start();
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
