package dev.thalweg.jobs.postgres;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to reach PostgreSQL. The password is read where a connection is made, from the file or else
 * from the environment variable {@code POSTGRES_PASSWORD}, and never travels with the job.
 *
 * @param url JDBC address
 * @param user who connects
 * @param passwordFile file that holds the password, or empty
 * @param schema schema of the views
 */
public record PostgresConfig(String url, String user, String passwordFile, String schema)
    implements Serializable {
  private static final int TIMEOUT_SECONDS = 10;

  /** Refuses an address of something else. */
  public PostgresConfig {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("must begin with jdbc:postgresql:");
    }
  }

  /** A connection whose search path is the schema; the caller closes it. */
  public Connection connect() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(user);
    source.setPassword(password());
    source.setCurrentSchema(schema);
    source.setConnectTimeout(TIMEOUT_SECONDS);
    source.setSocketTimeout(TIMEOUT_SECONDS);
    source.setApplicationName("thalweg");
    return source.getConnection();
  }

  private String password() {
    if (passwordFile.isEmpty()) {
      return System.getenv("POSTGRES_PASSWORD");
    }
    try {
      return Files.readString(Path.of(passwordFile)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("password file " + passwordFile, e);
    }
  }
}
