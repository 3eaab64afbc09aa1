package dev.thalweg.jobs.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Sets the parameters of a statement, one after the other. */
final class Parameters {
  private final PreparedStatement statement;
  private int set;

  private Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  static Parameters of(PreparedStatement statement) {
    return new Parameters(statement);
  }

  /** A text; may be null. */
  Parameters text(String text) throws SQLException {
    statement.setString(++set, text == null ? null : StorableText.of(text));
    return this;
  }

  Parameters json(String json) throws SQLException {
    statement.setString(++set, StorableText.ofJson(json));
    return this;
  }

  Parameters whole(long number) throws SQLException {
    statement.setLong(++set, number);
    return this;
  }

  /** Numbers; those that are null or NaN are unknown. */
  Parameters numbers(Double... numbers) throws SQLException {
    for (Double number : numbers) {
      boolean known = number != null && !number.isNaN();
      statement.setObject(++set, known ? number : null, Types.DOUBLE);
    }
    return this;
  }

  /** A time in epoch milliseconds; the least of all is none. */
  Parameters time(long epochMillis) throws SQLException {
    statement.setObject(
        ++set, epochMillis == Long.MIN_VALUE ? null : ViewTable.timestamp(epochMillis));
    return this;
  }
}
