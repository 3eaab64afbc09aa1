package dev.thalweg.jobs.postgres;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

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
  private static final String TIMEOUT_SECONDS = "10";
  private static final Pattern PASSWORD = Pattern.compile("(?i).*[?&](ssl)?password=.*");
  private static final Driver DRIVER = unregistered();

  /** Refuses an address of something else, and one that holds a password. */
  public PostgresConfig {
    if (!url.startsWith("jdbc:postgresql:") || Driver.parseURL(url, new Properties()) == null) {
      throw new IllegalArgumentException("use jdbc:postgresql://host:port/database");
    }
    if (PASSWORD.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "a password must not stand there; use postgres.password-file or POSTGRES_PASSWORD");
    }
  }

  /**
   * A driver that the JVM's DriverManager does not know of, so that it holds nothing of a job when
   * the job has gone. Code that was not loaded with a job is left its registration.
   */
  private static Driver unregistered() {
    try {
      if (Driver.isRegistered()
          && Driver.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
        Driver.deregister();
      }
      return new Driver();
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL's driver", e);
    }
  }

  /** A connection whose search path is the schema; the caller closes it. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, user);
    PGProperty.PASSWORD.set(properties, password());
    PGProperty.CURRENT_SCHEMA.set(properties, schema);
    PGProperty.CONNECT_TIMEOUT.set(properties, TIMEOUT_SECONDS);
    PGProperty.SOCKET_TIMEOUT.set(properties, TIMEOUT_SECONDS);
    PGProperty.APPLICATION_NAME.set(properties, "thalweg");
    return Objects.requireNonNull(DRIVER.connect(url, properties), "not a PostgreSQL address");
  }

  private String password() throws SQLException {
    if (passwordFile.isEmpty()) {
      return System.getenv("POSTGRES_PASSWORD");
    }
    try {
      return Files.readString(Path.of(passwordFile)).strip();
    } catch (IOException e) {
      throw new SQLException("the password file " + passwordFile + " cannot be read", e);
    }
  }
}
