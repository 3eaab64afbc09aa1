package dev.thalweg.cli.postgres;

import dev.thalweg.cli.CommandFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * Which PostgreSQL, as whom. The password never prints.
 *
 * @param jdbcUrl address without credentials
 * @param user who connects
 * @param password how the user proves it; if empty, the environment's POSTGRES_PASSWORD; the local
 *     stack trusts the loopback address
 */
public record PostgresAddress(String jdbcUrl, String user, Optional<String> password) {

  /** Name of the database. */
  public static final String DATABASE = "thalweg";

  /** Name of the user. */
  public static final String USER = "thalweg";

  private static final String CONNECT_SECONDS = "5";
  private static final String JDBC = "jdbc:";

  /** A database of the local stack. */
  public static PostgresAddress local(int port, String database) {
    return new PostgresAddress(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), USER, Optional.empty());
  }

  /**
   * From {@code jdbc:postgresql://...} or {@code postgresql://user:password@host:port/database}.
   */
  public static PostgresAddress parse(String url) {
    String plain = url.startsWith(JDBC) ? url.substring(JDBC.length()) : url;
    if (!plain.matches("(postgresql|postgres)://.+")) {
      throw unreadable();
    }
    try {
      URI uri = new URI(plain.replaceFirst("^postgres(ql)?://", "postgresql://"));
      if (uri.getRawAuthority() == null || uri.getPath() == null || uri.getPath().length() < 2) {
        throw unreadable();
      }
      String authority = uri.getRawAuthority();
      int at = authority.lastIndexOf('@');
      String[] credentials = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
      Credentials query = Credentials.in(uri.getRawQuery());
      return new PostgresAddress(
          "jdbc:postgresql://" + authority.substring(at + 1) + uri.getRawPath() + query.rest(),
          credentials.length > 0 ? decoded(credentials[0]) : query.user().orElse(USER),
          credentials.length > 1 ? Optional.of(decoded(credentials[1])) : query.password());
    } catch (URISyntaxException e) {
      throw unreadable();
    }
  }

  /** Opens a connection; the caller closes it. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    secret().ifPresent(secret -> properties.setProperty("password", secret));
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("ApplicationName", "thalweg");
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  Optional<String> secret() {
    return password.or(() -> Optional.ofNullable(System.getenv("POSTGRES_PASSWORD")));
  }

  @Override
  public String toString() {
    return jdbcUrl;
  }

  private static CommandFailure unreadable() {
    return CommandFailure.wrongInput(
        "POSTGRES_URL is no PostgreSQL address: write postgresql://user:password@host:5432/database");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** User and password as a JDBC URL carries them, and the parameters that are left. */
  private record Credentials(Optional<String> user, Optional<String> password, String rest) {

    static Credentials in(String query) {
      Optional<String> user = Optional.empty();
      Optional<String> password = Optional.empty();
      StringBuilder rest = new StringBuilder();
      for (String parameter : query == null ? new String[0] : query.split("&")) {
        if (parameter.startsWith("user=")) {
          user = Optional.of(decoded(parameter.substring("user=".length())));
        } else if (parameter.startsWith("password=")) {
          password = Optional.of(decoded(parameter.substring("password=".length())));
        } else {
          rest.append(rest.isEmpty() ? '?' : '&').append(parameter);
        }
      }
      return new Credentials(user, password, rest.toString());
    }
  }
}
