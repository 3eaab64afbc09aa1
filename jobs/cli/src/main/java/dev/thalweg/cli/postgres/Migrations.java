package dev.thalweg.cli.postgres;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.jobs.Deployment;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the tables of the views to what this version of the code writes. */
public record Migrations(PostgresAddress address, Deployment deployment) {

  /** Creates and alters what is missing; answers how many steps that took. */
  public int apply() {
    try {
      MigrateResult result = flyway().migrate();
      return result.migrationsExecuted;
    } catch (FlywayException e) {
      throw CommandFailure.failed(
          "cannot bring the tables of %s up to date: %s".formatted(address, RootCause.of(e)), e);
    }
  }

  /** Whether a step is still to be applied. */
  public boolean pending() {
    try {
      return Arrays.stream(flyway().info().pending()).findAny().isPresent();
    } catch (FlywayException e) {
      throw CommandFailure.failed(
          "cannot read the tables of %s: %s".formatted(address, RootCause.of(e)), e);
    }
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(address.jdbcUrl(), address.user(), address.secret().orElse(null))
        .defaultSchema(deployment.schema())
        .locations("classpath:db/migration")
        .load();
  }
}
