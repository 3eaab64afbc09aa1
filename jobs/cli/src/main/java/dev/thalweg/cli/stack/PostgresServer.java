package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL; as root inside a user namespace, because it refuses to be root. */
final class PostgresServer implements ProcessDefinition {

  private final StackHome home;
  private final int port;

  PostgresServer(StackHome home, int port) {
    this.home = home;
    this.port = port;
  }

  @Override
  public Service service() {
    return Service.POSTGRES;
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    Path programs = PostgresPrograms.unpack(home.postgres());
    if (Files.exists(home.postgresData())) {
      return;
    }
    Path unfinished = home.postgres().resolve("data.next");
    FileTree.delete(unfinished);
    Files.createDirectories(unfinished);
    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwx------"));
    initialise(programs, unfinished);
    Files.move(unfinished, home.postgresData());
  }

  @Override
  public List<String> command() throws IOException {
    Path programs = PostgresPrograms.unpack(home.postgres());
    List<String> command = new ArrayList<>(unprivileged());
    command.addAll(
        List.of(
            programs.resolve("bin").resolve("postgres").toString(),
            "-D",
            home.postgresData().toString()));
    Map<String, String> settings =
        Map.of(
            "listen_addresses", LoopbackPorts.HOST,
            "port", Integer.toString(port),
            "unix_socket_directories", "",
            "shared_buffers", "64MB",
            "max_connections", "100",
            "max_wal_size", "256MB",
            "timezone", "UTC",
            "log_timezone", "UTC");
    settings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            setting -> {
              command.add("-c");
              command.add(setting.getKey() + "=" + setting.getValue());
            });
    return command;
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("LC_ALL", "C");
  }

  /** A fast shutdown: sessions are ended, data is safe. */
  @Override
  public String stopSignal() {
    return "INT";
  }

  /** After a crash the old server's children need a moment to notice. */
  @Override
  public boolean isTransient(String cause) {
    return cause.contains("shared memory block") || cause.contains("postmaster.pid");
  }

  @Override
  public boolean answers() {
    if (!LoopbackPorts.accepts(port)) {
      return false;
    }
    PostgresAddress server = PostgresAddress.local(port, "postgres");
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery(
              "select 1 from pg_database where datname = '" + PostgresAddress.DATABASE + "'")) {
        if (found.next()) {
          return true;
        }
      }
      statement.execute("create database " + PostgresAddress.DATABASE);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private void initialise(Path programs, Path data) throws IOException, InterruptedException {
    LogTail output = LogTail.from(home.output(Service.POSTGRES));
    List<String> command = new ArrayList<>(unprivileged());
    command.addAll(
        List.of(
            programs.resolve("bin").resolve("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + PostgresAddress.USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-instructions"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(home.output(Service.POSTGRES).toFile()))
            .start();
    if (process.waitFor() != 0) {
      FileTree.delete(data);
      throw CommandFailure.failed(
          "PostgreSQL cannot create its data directory: %s; see %s"
              .formatted(
                  DiskSpace.exhausted(home.directory())
                      .or(output::cause)
                      .orElse("it gave no reason"),
                  output.file()));
    }
  }

  private static List<String> unprivileged() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    return Programs.find("unshare")
        .map(unshare -> List.of(unshare.toString(), "-U"))
        .orElseThrow(
            () ->
                CommandFailure.failed(
                    "PostgreSQL refuses to run as root and there is no unshare to help: "
                        + "use another user, or set POSTGRES_URL"));
  }
}
