package dev.thalweg.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.thalweg.cli.postgres.PostgresAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sql "QUERY" [--csv]}. */
@Command(
    name = "sql",
    description = "Runs a query on the views and prints the rows; changes nothing.",
    footer = {"", "Example: scripts/sql \"select * from ledger order by partition\""})
final class SqlCommand extends ThalwegCommand {

  private static final int ROWS_AT_A_TIME = 1000;
  private static final String CANNOT_CONNECT = "08";

  @Parameters(paramLabel = "QUERY", description = "one SQL statement")
  private String query;

  @Option(names = "--csv", description = "a header line, then rows, as CSV")
  private boolean csv;

  @Mixin private DeploymentOption deployment;

  @Override
  public Integer call() throws IOException {
    String schema = deployment.get().schema();
    PostgresAddress address = addresses().postgres();
    try (Connection connection = address.connect()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setSchema(schema);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(ROWS_AT_A_TIME);
        print(statement);
      }
      return 0;
    } catch (SQLException e) {
      String state = e.getSQLState();
      if (state == null || state.startsWith(CANNOT_CONNECT)) {
        throw CommandFailure.failed(
            "PostgreSQL at %s: %s; is the stack up?".formatted(address, RootCause.of(e)), e);
      }
      throw CommandFailure.wrongInput(
          "the query fails: " + e.getMessage().replaceFirst("^ERROR: ", ""), e);
    }
  }

  private void print(Statement statement) throws SQLException, IOException {
    if (!statement.execute(query)) {
      throw CommandFailure.wrongInput("the query returns no rows: write a select");
    }
    try (ResultSet rows = statement.getResultSet()) {
      if (csv) {
        printCsv(rows);
      } else {
        printTable(rows);
      }
    }
  }

  private static void printTable(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    TextTable table = new TextTable(names(columns));
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      if (isNumber(columns.getColumnType(column))) {
        table.alignRight(column - 1);
      }
    }
    int count = 0;
    while (rows.next()) {
      table.row(cells(rows, columns.getColumnCount()));
      count++;
    }
    System.out.println(table);
    System.out.println("(" + count + (count == 1 ? " row)" : " rows)"));
  }

  private static void printCsv(ResultSet rows) throws SQLException, IOException {
    ResultSetMetaData columns = rows.getMetaData();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Writer writer = new java.io.OutputStreamWriter(out, StandardCharsets.UTF_8);
    CsvWriter lines = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
    lines.writeRecord(names(columns));
    while (rows.next()) {
      lines.writeRecord(cells(rows, columns.getColumnCount()));
    }
    lines.flush();
    out.flush();
  }

  private static List<String> names(ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      names.add(columns.getColumnLabel(column));
    }
    return names;
  }

  private static List<String> cells(ResultSet rows, int columns) throws SQLException {
    List<String> cells = new ArrayList<>();
    for (int column = 1; column <= columns; column++) {
      String value = rows.getString(column);
      cells.add(value == null ? "" : value);
    }
    return cells;
  }

  private static boolean isNumber(int type) {
    return switch (type) {
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE ->
          true;
      default -> false;
    };
  }
}
