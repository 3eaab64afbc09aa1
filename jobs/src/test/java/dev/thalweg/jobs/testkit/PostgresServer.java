package dev.thalweg.jobs.testkit;

import dev.thalweg.jobs.postgres.PostgresConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL beside the test, on a free port, started with the first test class that asks
 * for it and shared by all that follow: take schemas of your own. Register it as a static field
 * with {@code @RegisterExtension}.
 */
public final class PostgresServer implements BeforeAllCallback {
  private static final String USER = "postgres";
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private EmbeddedPostgres postgres;

  @Override
  public void beforeAll(ExtensionContext context) {
    postgres =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(PostgresServer.class))
            .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
            .postgres;
  }

  /** Migrates a new schema; how a job reaches it. */
  public PostgresConfig newSchema() {
    return newSchema("views_" + SCHEMAS.incrementAndGet());
  }

  /** Migrates a new schema of that name; how a job reaches it. */
  public PostgresConfig newSchema(String schema) {
    return migrate(postgres, schema);
  }

  /** A new schema as it was with that migration; how a job reaches it. */
  public PostgresConfig newSchemaAt(String migration) {
    return migrate(postgres, "views_" + SCHEMAS.incrementAndGet(), migration);
  }

  /** Migrates a schema to the newest. */
  public void migrate(PostgresConfig where) {
    migrate(postgres, where.schema());
  }

  static PostgresConfig migrate(EmbeddedPostgres postgres, String schema) {
    return migrate(postgres, schema, "latest");
  }

  private static PostgresConfig migrate(EmbeddedPostgres postgres, String schema, String target) {
    Flyway.configure()
        .target(target)
        .dataSource(postgres.getJdbcUrl(USER, USER), USER, "")
        .schemas(schema)
        .defaultSchema(schema)
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return new PostgresConfig(postgres.getJdbcUrl(USER, USER), USER, "", schema);
  }

  /** The rows that a query finds, by column. */
  public static List<Map<String, Object>> query(PostgresConfig where, String sql) {
    try (Connection connection = where.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<Map<String, Object>> rows = new ArrayList<>();
      while (result.next()) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Closed with the last test of the process. */
  private static final class Running implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    Running() {
      try {
        postgres = EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new IllegalStateException("the test database does not start", e);
      }
    }

    @Override
    public void close() throws IOException {
      postgres.close();
    }
  }
}
