package dev.thalweg.jobs.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The table {@code experiment_promotions}. */
final class PromotionTable implements AutoCloseable {
  private static final String CLAIM =
      """
      insert into experiment_promotions
        (to_version, phase, decided_at, verdict, variant, definition, version, experiment, from_version)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (experiment, from_version) do nothing
      """;

  private static final String PUBLISHED =
      """
      update experiment_promotions set to_version = ?, phase = ?, decided_at = ?, verdict = ?, variant = ?,
        definition = ?, version = ?, published_at = now(), lost_because = null
      where experiment = ? and from_version = ? and published_at is null
      """;

  private static final String SETTLE =
      """
      update experiment_promotions
      set published_at = case when ?::text is null then now() end, lost_because = ?
      where experiment = ? and from_version = ? and definition = ?
        and published_at is null and lost_because is null
      """;

  private static final String SELECT =
      """
      select definition, published_at is not null, lost_because, version
      from experiment_promotions where experiment = ? and from_version = ?
      """;

  private final RetriedTransactions transactions;

  PromotionTable(RetriedTransactions transactions) {
    this.transactions = transactions;
  }

  /** Makes it the promotion of its version, if there is none; the one that there is then. */
  PromotionRow claim(Promotion promotion) throws IOException, InterruptedException {
    PromotionRow[] row = new PromotionRow[1];
    transactions.run(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
            bind(insert, promotion);
            insert.executeUpdate();
          }
          row[0] = select(connection, promotion);
        });
    return row[0];
  }

  /** Puts it there as published, in the place of any other: it is in the topic. */
  void published(Promotion promotion) throws IOException, InterruptedException {
    transactions.run(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(PUBLISHED)) {
            bind(update, promotion);
            update.executeUpdate();
          }
        });
  }

  /**
   * Marks what stands there, unless it is another by now or marked.
   *
   * @param row which one
   * @param lostBecause null for published
   */
  void settle(Promotion promotion, PromotionRow row, String lostBecause)
      throws IOException, InterruptedException {
    transactions.run(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
            Parameters.of(update)
                .text(lostBecause)
                .text(lostBecause)
                .text(promotion.experiment())
                .whole(promotion.from())
                .text(row.definition());
            update.executeUpdate();
          }
        });
  }

  private static Parameters bind(PreparedStatement statement, Promotion promotion)
      throws SQLException {
    return Parameters.of(statement)
        .whole(promotion.definition().version())
        .whole(promotion.decided().phase())
        .time(promotion.decided().decidedAt())
        .text(promotion.decided().decision().verdict().label())
        .text(promotion.decided().decision().variant())
        .text(promotion.text())
        .whole(promotion.version())
        .text(promotion.experiment())
        .whole(promotion.from());
  }

  private static PromotionRow select(Connection connection, Promotion promotion)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      Parameters.of(select).text(promotion.experiment()).whole(promotion.from());
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return new PromotionRow(
            found.getString(1), found.getBoolean(2), found.getString(3), found.getLong(4));
      }
    }
  }

  @Override
  public void close() {
    transactions.close();
  }
}
